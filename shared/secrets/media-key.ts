import { randomBytes } from 'node:crypto';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { MediaKey } from '../rules/agent-event/media-link.ts';
import { ssmError } from './ssm-error.ts';

/**
 * The stack's key for addresses of media: one SSM parameter, made by the first function that needs it
 * and read once by each. Throws `unavailable` while SSM is away.
 */
export function openMediaKey({ prefix }: { prefix: string }): () => Promise<MediaKey> {
  const Name = `${prefix}/media-key`;
  let client: SSMClient | undefined; // most functions never meet a file
  let known: Promise<MediaKey> | undefined;

  const open = async (): Promise<MediaKey> => {
    client ??= new SSMClient({
      maxAttempts: 3,
      // By itself the client only warns of a late answer, and goes on waiting for it.
      requestHandler: {
        connectionTimeout: 1_000,
        requestTimeout: 3_000,
        throwOnRequestTimeout: true,
      },
    });
    try {
      return (await readKey(client, Name)) ?? (await makeKey(client, Name));
    } catch (error) {
      known = undefined; // the next caller asks again
      throw ssmError(error, { what: 'media-key' });
    }
  };
  return () => {
    known ??= open();
    return known;
  };
}

async function readKey(client: SSMClient, Name: string): Promise<MediaKey | null> {
  try {
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name, WithDecryption: true }),
    );
    const { Value, Version } = Parameter ?? {};
    return Value && Version ? { secret: Value, version: Version } : null;
  } catch (error) {
    if (nameOf(error) === 'ParameterNotFound') return null;
    throw error;
  }
}

/** Never overwrites: where two functions make a key at once, both go on with the one that was first. */
async function makeKey(client: SSMClient, Name: string): Promise<MediaKey> {
  const Value = randomBytes(32).toString('base64url');
  try {
    await client.send(new PutParameterCommand({ Name, Value, Type: 'SecureString' }));
  } catch (error) {
    if (nameOf(error) !== 'ParameterAlreadyExists') throw error;
  }
  const key = await readKey(client, Name);
  if (!key) throw new Error('the key was written and cannot be read');
  return key;
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : 'unknown');
