// Look through the whole table, a page at a time, and remove what belongs to a deleted channel.
import type { EraseChannelJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { continueErasure, erasePage } from '../../shared/store/channel/channel-erasure.ts';
import { findChannel } from '../../shared/store/channel/channels.ts';
import { type Due, forgetDue } from '../../shared/store/due.ts';
import type { SweepDeps } from './deps.ts';

/**
 * PROTOCOLS 26: goes on with an erasure until its time is up (`until`, epoch milliseconds) or the table is
 * looked through. Where it has come to is kept in its job, so a run that dies is repeated by the next.
 */
export async function eraseChannel(
  { table, settleMs, now }: SweepDeps,
  due: Due<EraseChannelJob>,
  until: number,
): Promise<void> {
  const { job } = due;
  const channel = await findChannel(table, job.channel_id, { consistent: true, now: now() });
  if (channel && !channel.deleted_at) {
    // The deletion that scheduled it was not carried out: another edit came first.
    await forgetDue(table, due);
    return;
  }
  let erased = 0;
  let after = job.after;
  let position = job.after;
  do {
    const page = await erasePage(table, job.channel_id, after);
    erased += page.erased;
    if (page.after === null) return endRound({ table, settleMs, now }, due, erased);
    after = page.after;
    position = page.position ?? position;
  } while (now() < until);
  await continueErasure(table, { ...due, at: now(), job: { ...job, after: position } });
  log.info('channel-erasing', { channel_id: job.channel_id, round: job.round, items: erased });
}

/** PROTOCOLS 26.5: a function that began before the deletion may have written behind the first round. */
async function endRound(
  { table, settleMs, now }: Pick<SweepDeps, 'table' | 'settleMs' | 'now'>,
  due: Due<EraseChannelJob>,
  erased: number,
): Promise<void> {
  const { channel_id } = due.job;
  if (due.job.round === 1) {
    const job = { kind: 'erase-channel' as const, channel_id, round: 2 as const };
    await continueErasure(table, { id: due.id, at: now() + settleMs, job });
    log.info('channel-erasing', { channel_id, round: 1, items: erased });
    return;
  }
  await forgetDue(table, due);
  count('channel-erased');
  log.info('channel-erased', { channel_id, items: erased });
}
