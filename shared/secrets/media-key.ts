import { randomBytes } from 'node:crypto';
import { PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { log } from '../kernel/log.ts';
import type { MediaKey } from '../rules/agent-event/media-link.ts';
import { openSsm } from './open-ssm.ts';
import { mediaKeyName, nameOf, readMediaKey } from './read-media-key.ts';
import { ssmError } from './ssm-error.ts';

/** How long a function signs with the key it has read before it reads the key again. */
const FRESH_MS = 10 * 60_000;

/**
 * The stack's key for addresses of media: one SSM parameter, made by the first function that needs it
 * and read anew every ten minutes, so that a new version of it is signed with soon. While SSM is away
 * the key that was read before is used. Throws `unavailable` when there is none.
 */
export function openMediaKey({
  prefix,
  now = () => Date.now(),
}: {
  prefix: string;
  now?: () => number;
}): () => Promise<MediaKey> {
  let client: SSMClient | undefined; // most functions never meet a file
  let known: Promise<MediaKey> | undefined;
  let freshUntil = 0;

  const open = async (before: MediaKey | null): Promise<MediaKey> => {
    client ??= openSsm();
    try {
      return (await readMediaKey(client, { prefix })) ?? (await makeKey(client, prefix));
    } catch (error) {
      if (before) {
        log.warn('media-key-stale', { error: nameOf(error) });
        return before;
      }
      known = undefined; // the next caller asks again
      throw ssmError(error, { what: 'media-key' });
    }
  };
  return () => {
    if (known && now() < freshUntil) return known;
    const before = known;
    freshUntil = now() + FRESH_MS;
    known = (before ?? Promise.resolve(null)).catch(() => null).then(open);
    return known;
  };
}

/** Never overwrites: where two functions make a key at once, both go on with the one that was first. */
async function makeKey(client: SSMClient, prefix: string): Promise<MediaKey> {
  const Value = randomBytes(32).toString('base64url');
  try {
    await client.send(
      new PutParameterCommand({ Name: mediaKeyName(prefix), Value, Type: 'SecureString' }),
    );
  } catch (error) {
    if (nameOf(error) !== 'ParameterAlreadyExists') throw error;
  }
  const key = await readMediaKey(client, { prefix });
  if (!key) throw new Error('the key was written and cannot be read');
  return key;
}
