import type { Channel } from '../../shared/contract/channel.ts';
import { readHealth } from '../../shared/dialog360/health.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { mayTryAgain } from '../../shared/rules/channel/may-try-again.ts';
import { liftBlock } from '../../shared/store/channel/channel-block.ts';
import { scheduleProbe } from '../chain/block-channel.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { Receipt } from '../chain/receipt.ts';
import type { StatusesDeps } from './deps.ts';

/**
 * The invocation lasts as long as its slowest job, though each status of the batch is recorded at once: a
 * slower provider is asked again at the next probe.
 */
const TIMEOUT_MS = 5_000;
/** How soon a probe comes back that met another at work, and how often it tries; then the next one is due. */
const COME_BACK_MS = 2_000;
const MOST_TRIES = 10;

/**
 * PROTOCOLS 16.4: looks whether a blocked channel may send again. `channel` is its row as it is now. Only
 * the mark that stood there when the provider was asked is lifted.
 */
export async function probeChannel(
  deps: StatusesDeps,
  channel: Channel,
  { receives }: Pick<Receipt, 'receives'>,
): Promise<JobEnd> {
  const { id: channelId, hosting, base_url, blocked } = channel;
  if (!blocked || !channel.active) return 'done';
  // Scheduled first, so that the channel is looked at again whatever goes wrong from here on. A probe
  // too many finds nothing to do.
  await scheduleProbe(deps, channelId);
  const { token } = await deps.secrets.read(channelId, channel.secret_version);
  const limits = { reach: deps.reach, timeoutMs: TIMEOUT_MS };
  const asked = await deps.probeTurns.take(() => readHealth({ hosting, base_url, token }, limits));
  if (!asked) return receives < MOST_TRIES ? { waitMs: COME_BACK_MS } : 'done';
  const health = asked.said;
  log.info('channel-probed', { channel_id: channelId, health: health.kind });
  if (!mayTryAgain(health)) return 'done';
  if (!(await liftBlock(deps.table, channelId, blocked.since))) return 'done';
  count('channel-unblocked');
  log.info('channel-unblocked', { channel_id: channelId, code: blocked.code });
  return 'done';
}
