import type { SSMClient } from '@aws-sdk/client-ssm';
import { Failure } from '../kernel/failure.ts';
import type { MediaKey } from '../rules/agent-event/media-link.ts';
import { openSsm } from './open-ssm.ts';
import { nameOf, readMediaKey } from './read-media-key.ts';

/** The media key of one version; null: there is none, so nothing was ever signed with it. */
export type MediaKeys = (version: number) => Promise<MediaKey | null>;

/** How long keys are used before they are read again, so that an operator can take one back. */
const FRESH_MS = 5 * 60_000;
/** Between two looks for a key that is newer than the newest known one: callers may name any number. */
const LOOK_AGAIN_MS = 60_000;

interface Known {
  newest: number;
  byVersion: Map<number, Promise<MediaKey | null>>;
}

/**
 * The versions of the key that addresses of media are signed with. Old ones stay readable, so that
 * addresses hold while the key is rotated. A caller may name any version, so SSM is asked once for each
 * that can exist, and never for one above the newest. Throws `unavailable` while SSM is away.
 */
export function openMediaKeys({
  prefix,
  now = () => Date.now(),
}: {
  prefix: string;
  now?: () => number;
}): MediaKeys {
  let client: SSMClient | undefined;
  let known: Promise<Known> | undefined;
  let askedAt = 0;

  const ask = async (version?: number): Promise<MediaKey | null> => {
    client ??= openSsm();
    try {
      return await readMediaKey(client, { prefix, ...(version !== undefined && { version }) });
    } catch (error) {
      throw new Failure('unavailable', { what: 'media-key', error: nameOf(error) });
    }
  };

  const readNewest = (): Promise<Known> => {
    askedAt = now();
    const reading = ask().then((newest): Known => {
      const byVersion = new Map(newest ? [[newest.version, Promise.resolve(newest)]] : []);
      return { newest: newest?.version ?? 0, byVersion };
    });
    reading.catch(() => {
      if (known === reading) known = undefined; // the next caller asks again
    });
    known = reading;
    return reading;
  };

  /** While SSM is away the keys that were read before are used. */
  const keep = (keys: Known): Known => {
    known = Promise.resolve(keys);
    return keys;
  };

  return async (version) => {
    let keys = await (known ?? readNewest());
    const age = now() - askedAt;
    if (age >= FRESH_MS || (version > keys.newest && age >= LOOK_AGAIN_MS)) {
      keys = await readNewest().catch(() => keep(keys));
    }
    if (version > keys.newest) return null;
    const before = keys.byVersion.get(version);
    if (before) return before;
    const reading = ask(version);
    keys.byVersion.set(version, reading);
    reading.catch(() => keys.byVersion.delete(version));
    return reading;
  };
}
