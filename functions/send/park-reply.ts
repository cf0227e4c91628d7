import type { ParkedReply } from '../../shared/contract/chat.ts';
import { roundOf } from '../../shared/rules/delivery/callback-data.ts';
import { whyClosed } from '../../shared/rules/delivery/route-reply.ts';
import { isInPark, lookWhenOver, parkedUntil, withParked } from '../../shared/rules/window/park.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { park } from '../../shared/store/chat/parking.ts';
import { schedule } from '../../shared/store/due.ts';
import type { JobEnd } from '../chain/queue.ts';
import { ChatErased, type Ledger, partAs } from './ledger.ts';
import { reportEnds } from './report-ends.ts';
import { sendFallback } from './send-fallback.ts';
import type { Closed } from './take-steps.ts';
import type { Run } from './visit.ts';

/** PROTOCOLS 18: a reply, from one part on, waits until the visitor has written. */
export async function parkReply(
  run: Run,
  ledger: Ledger,
  { index, asks }: Extract<Closed, { kind: 'park' }>,
): Promise<JobEnd | 'parked' | 'judge-again' | 'go-on'> {
  const { deps, job, channel } = run;
  // Before its time is set: a job that comes again, or another of the same id, must not move it.
  if (!(await ledger.isCurrent())) return 'go-on';
  const isParked =
    ledger.delivery.parts[index]?.status === 'parked' && isInPark(run.chat.parked, job.reply_id);
  if (!isParked) {
    const asked = asks && (await sendFallback(run, ledger, { index, policy: 'park' }));
    if (asked && asked.kind === 'waits') return asked.end;
    if (asked && asked.kind === 'overtaken') return 'go-on';
    const entry = await parkPart(run, ledger, index);
    if (!entry) return 'go-on';
    if (!(await enterPark(run, entry))) return 'judge-again';
  }
  await reportEnds(deps, channel, ledger.delivery);
  return 'parked';
}

/** PROTOCOLS 18.1 and 18.2. Null: somebody was there first. */
async function parkPart(
  { deps, channel, chat, plan }: Run,
  ledger: Ledger,
  index: number,
): Promise<ParkedReply | null> {
  const { delivery } = ledger;
  const before = delivery.parts[index];
  const now = deps.now();
  const until = parkedUntil(delivery, {
    validForSeconds: plan.validForSeconds,
    parkHours: channel.options.park_hours,
    now,
  });
  await schedule(deps.table, lookWhenOver(delivery, roundOf(before), until));
  const code = chat.last_inbound_at === null ? 'never-wrote' : 'window-closed';
  ledger.set(index, partAs('parked', now, { code, reason: whyClosed(chat) }, before));
  const { reply_id, accepted_at } = delivery;
  return (await ledger.flush()) ? { reply_id, accepted_at, index: delivery.index, until } : null;
}

/** PROTOCOLS 18.3. False: the visitor has written, or something else has changed: `run.chat` says what. */
async function enterPark(run: Run, entry: ParkedReply): Promise<boolean> {
  const { deps, chat } = run;
  const parked = withParked(chat.parked, entry);
  if (await park(deps.table, chat, parked)) {
    run.chat = { ...chat, parked };
    return true;
  }
  const found = await findChat(deps.table, chat.channel_id, chat.id, { consistent: true });
  if (!found) throw new ChatErased();
  run.chat = found;
  // The client repeats a write whose answer was lost, and is then told that it came too late.
  return found.parked.some(
    ({ reply_id, until }) => reply_id === entry.reply_id && until === entry.until,
  );
}
