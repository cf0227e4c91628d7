import type { Channel } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { scheduleErasure } from '../../shared/store/channel/channel-erasure.ts';
import { markChannelDeleted } from '../../shared/store/channel/channels.ts';
import { forgetLastSeen } from '../../shared/store/channel/last-seen.ts';
import { type ChannelRef, requireVersion } from './channel-ref.ts';
import { releaseTokenOf } from './claim-token.ts';
import type { ChannelsDeps } from './deps.ts';
import { channelUnknown, findRow } from './load-channel.ts';
import { newId } from './new-id.ts';

/** Longer than this function runs: the sweep then finds a channel that is deleted, or will not be. */
const DELETION_MS = 60_000;

/**
 * Deletes a channel (PROTOCOLS 15): leaves a tombstone first, then removes its secrets; what it knew of
 * its visitors is erased by the sweep (PROTOCOLS 26). Throws
 * `channel-active`, `channel-unknown` (also for a channel that is deleted already), `version-conflict`.
 */
export async function deleteChannel(deps: ChannelsDeps, ref: ChannelRef): Promise<void> {
  const row = await findRow(deps, ref.channelId);
  // A deletion that died after its first step has left the rest: the next deletion finishes it.
  if (row?.deleted_at) await removeRest(deps, row);
  if (!row || row.deleted_at) throw await channelUnknown(deps, ref.channelId);
  requireVersion(row, ref);
  if (row.active) {
    throw new Failure('channel-active', { detail: 'Deactivate the channel before deleting it.' });
  }
  const now = deps.now();
  const at = new Date(now).toISOString();
  await scheduleErasure(deps.table, row.id, now + DELETION_MS);
  const buried = await markChannelDeleted(
    deps.table,
    { ...row, version: row.version + 1, updated_at: at, deleted_at: at },
    { from: row.version, writeId: newId('w', deps), now },
  );
  if (!buried) {
    throw new Failure('version-conflict', {
      detail: 'Another edit changed the channel meanwhile. Read it again.',
    });
  }
  await removeRest(deps, row);
  await scheduleErasure(deps.table, row.id, deps.now());
  log.info('channel-deleted', { channel_id: row.id });
}

/** PROTOCOLS 15.2 to 15.4: removes what a channel has beside its row. */
async function removeRest(deps: ChannelsDeps, row: Channel): Promise<void> {
  await deps.secrets.remove(row.id);
  await releaseTokenOf(deps, row);
  await forgetLastSeen(deps.table, row.id);
}
