// A channel's secrets: one SSM SecureString each, as JSON. Only this room uses the SSM client.
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type ChannelSecrets, channelSecretsSchema } from '../contract/channel-secrets.ts';
import { Failure } from '../kernel/failure.ts';
import { log } from '../kernel/log.ts';
import { read } from '../kernel/parse.ts';
import { ssmError } from './ssm-error.ts';

/** The secrets of all channels of a stack. */
export interface Secrets {
  /**
   * A channel's secrets as of a version: the row's `secret_version`. From memory when that version was
   * read before; the newest known ones while SSM is away. When none are known it throws `unavailable`; what
   * SSM refuses, or does not have, is a plain error.
   */
  read(channelId: string, version: number): Promise<ChannelSecrets>;
  /** Stores a new version, which no function uses until the channel's row names it. Returns its number. */
  write(channelId: string, secrets: ChannelSecrets): Promise<number>;
  /** Forgets every version. Repeating it changes nothing. */
  remove(channelId: string): Promise<void>;
}

/** A standard parameter's limit (docs.aws.amazon.com/general/latest/gr/ssm.html, read 2026-11-23). */
const MAX_BYTES = 4096;
/** Channels whose secrets stay in memory: far more than one function serves, and a bound all the same. */
const MOST_KEPT = 1_000;

interface Kept {
  version: number;
  secrets: ChannelSecrets;
}

/** Opens the secrets room. `prefix` is the folder of the parameters, with no slash at its end. */
export function openSecrets({ prefix }: { prefix: string }): Secrets {
  const client = new SSMClient({
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    },
  });
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<ChannelSecrets>>();
  const nameOf = (channelId: string) => `${prefix}/${channelId}`;

  const keep = (channelId: string, version: number, secrets: ChannelSecrets) => {
    // A late answer for an old version must not hide the new one.
    if ((kept.get(channelId)?.version ?? 0) > version) return;
    kept.delete(channelId);
    kept.set(channelId, { version, secrets });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest) kept.delete(oldest);
  };

  const fetchVersion = async (channelId: string, version: number): Promise<ChannelSecrets> => {
    try {
      const Name = `${nameOf(channelId)}:${version}`;
      const found = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
      const secrets = secretsOf(found.Parameter?.Value);
      keep(channelId, version, secrets);
      return secrets;
    } catch (error) {
      const known = kept.get(channelId);
      if (!known || errorName(error) === 'ParameterNotFound') throw failed(channelId, error);
      log.warn('secrets-stale', { channel_id: channelId, error: errorName(error) });
      return known.secrets;
    }
  };

  return {
    async read(channelId, version) {
      const known = kept.get(channelId);
      if (known?.version === version) return known.secrets;
      const key = `${channelId}:${version}`;
      const running =
        underWay.get(key) ??
        fetchVersion(channelId, version).finally(() => {
          underWay.delete(key);
        });
      underWay.set(key, running);
      return running;
    },

    async write(channelId, secrets) {
      const Value = JSON.stringify(secrets);
      if (Buffer.byteLength(Value) > MAX_BYTES) {
        const detail = `The token and the agent’s headers together are over ${MAX_BYTES} bytes.`;
        throw new Failure('request-invalid', { detail });
      }
      try {
        const { Version } = await client.send(
          new PutParameterCommand({
            Name: nameOf(channelId),
            Value,
            Type: 'SecureString',
            Tier: 'Standard',
            Overwrite: true,
          }),
        );
        if (Version === undefined) throw new Error('SSM named no version');
        keep(channelId, Version, secrets);
        return Version;
      } catch (error) {
        throw failed(channelId, error);
      }
    },

    async remove(channelId) {
      kept.delete(channelId);
      try {
        await client.send(new DeleteParameterCommand({ Name: nameOf(channelId) }));
      } catch (error) {
        if (errorName(error) !== 'ParameterNotFound') throw failed(channelId, error);
      }
    },
  };
}

function secretsOf(value: string | undefined): ChannelSecrets {
  let json: unknown;
  try {
    json = JSON.parse(value ?? '');
  } catch {
    json = null; // the parser's own message quotes what it could not read
  }
  const secrets = read(channelSecretsSchema, json);
  if (!secrets.ok) throw new Error('the parameter does not hold a channel’s secrets');
  return secrets.value;
}

const errorName = (error: unknown) => (error instanceof Error ? error.name : 'unknown');

const failed = (channelId: string, error: unknown) =>
  ssmError(error, { what: 'secrets', channel_id: channelId });
