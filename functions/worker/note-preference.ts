import type { Channel } from '../../shared/contract/channel.ts';
import type { Preference } from '../../shared/contract/inbound-item.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import type { JobEnd } from '../chain/queue.ts';

/** Somebody wants no more of a category, or wants it again: worth a line and a count. */
export async function notePreference(
  { id: channel_id }: Channel,
  { category, value }: Preference,
): Promise<JobEnd> {
  count(`preference-${value}`);
  log.info('user-preference', { channel_id, category, value });
  return 'done';
}
