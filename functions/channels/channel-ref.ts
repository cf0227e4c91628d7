import type { Channel } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';

/** Which channel a caller means, and which version of it the caller has seen. */
export interface ChannelRef {
  channelId: string;
  /** The `If-Match` header as it came: `3`, `"3"`, `W/"3"`, `*`; null: any version will do. */
  ifMatch: string | null;
}

/** Throws `version-conflict` when the caller has seen another version than the channel has now. */
export function requireVersion({ version }: Channel, { ifMatch }: ChannelRef): void {
  if (ifMatch === null) return;
  const seen = ifMatch.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, '$1'));
  if (seen.includes('*') || seen.includes(String(version))) return;
  throw new Failure('version-conflict', {
    detail: `The channel is at version ${version}. Read it again and repeat the change.`,
  });
}
