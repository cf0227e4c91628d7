import type { Channel } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { markChannelDeleted } from '../../shared/store/channel/channels.ts';
import { forgetLastSeen } from '../../shared/store/channel/last-seen.ts';
import type { ChannelRef } from './change-channel.ts';
import { releaseItsToken } from './claim-token.ts';
import type { ChannelsDeps } from './deps.ts';
import { channelUnknown, findRow, requireVersion } from './load-channel.ts';
import { newId } from './new-secret.ts';

/**
 * Ends a channel (PROTOCOLS 15): a tombstone first, then its secrets. Throws `channel-active`,
 * `channel-unknown` (the second time too), `version-conflict`.
 */
export async function deleteChannel(
  deps: ChannelsDeps,
  { channelId, ifMatch }: ChannelRef,
): Promise<void> {
  const row = await findRow(deps, channelId);
  // A deletion that died after its first step left the rest: whoever deletes again finishes it.
  if (row?.deleted_at) await clear(deps, row);
  if (!row || row.deleted_at) throw channelUnknown();
  requireVersion(row, ifMatch);
  if (row.active) {
    throw new Failure('channel-active', { detail: 'Deactivate the channel before deleting it.' });
  }
  const now = deps.now();
  const at = new Date(now).toISOString();
  const buried = await markChannelDeleted(
    deps.table,
    { ...row, version: row.version + 1, updated_at: at, deleted_at: at },
    { from: row.version, writeId: newId('w', deps), now },
  );
  if (!buried) {
    throw new Failure('version-conflict', { detail: 'Somebody changed the channel meanwhile.' });
  }
  await clear(deps, row);
  log.info('channel-deleted', { channel_id: channelId });
}

/** PROTOCOLS 15.2 to 15.4: what a channel leaves beside its row. */
async function clear(deps: ChannelsDeps, row: Channel): Promise<void> {
  await deps.secrets.remove(row.id);
  await releaseItsToken(deps, row);
  await forgetLastSeen(deps.table, row.id);
}
