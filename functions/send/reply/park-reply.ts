import type { ParkedReply } from '../../../shared/contract/chat.ts';
import { roundOf } from '../../../shared/rules/delivery/callback-data.ts';
import { whyClosed } from '../../../shared/rules/delivery/route-reply.ts';
import {
  isInPark,
  lookWhenOver,
  parkedUntil,
  withParked,
} from '../../../shared/rules/window/park.ts';
import { park } from '../../../shared/store/chat/parking.ts';
import { schedule } from '../../../shared/store/due.ts';
import type { JobEnd } from '../../chain/queue.ts';
import { partAs } from '../open-delivery.ts';
import type { Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';
import { reportEnds } from './report-reply.ts';
import { sendFallback } from './send-fallback.ts';
import type { Closed } from './take-steps.ts';

/** PROTOCOLS 18: a reply, from one part on, waits until the visitor has written. */
export async function parkReply(
  sending: Sending,
  { index, asks }: Extract<Closed, { kind: 'park' }>,
): Promise<JobEnd | 'parked' | 'judge-again' | 'go-on'> {
  const { visit, job, delivery } = sending;
  // Before its time is set: a job that comes again, or another of the same id, must not move it.
  if (!(await delivery.isUpToDate())) return 'go-on';
  const isParked =
    delivery.state.parts[index]?.status === 'parked' && isInPark(visit.chat.parked, job.reply_id);
  if (!isParked) {
    const asked = asks && (await sendFallback(sending, { index, policy: 'park' }));
    if (asked && asked.kind === 'waits') return asked.end;
    if (asked && asked.kind === 'read-again') return 'go-on';
    const entry = await parkPart(sending, index);
    if (!entry) return 'go-on';
    if (!(await enterPark(visit, entry))) return 'judge-again';
  }
  await reportEnds(sending);
  return 'parked';
}

/** PROTOCOLS 18.1 and 18.2. Null: another write came first, and the delivery was read again. */
async function parkPart(
  { visit, plan, delivery }: Sending,
  index: number,
): Promise<ParkedReply | null> {
  const { deps, channel, chat } = visit;
  const before = delivery.state.parts[index];
  const now = deps.now();
  const until = parkedUntil(delivery.state, {
    validForSeconds: plan.validForSeconds,
    parkHours: channel.options.park_hours,
    now,
  });
  await schedule(deps.table, lookWhenOver(delivery.state, roundOf(before), until));
  const code = chat.last_inbound_at === null ? 'never-wrote' : 'window-closed';
  delivery.set(index, partAs('parked', now, { code, reason: whyClosed(chat) }, before));
  const { reply_id, accepted_at, index: place } = delivery.state;
  return (await delivery.flush()) ? { reply_id, accepted_at, index: place, until } : null;
}

/** PROTOCOLS 18.3. False: the visitor has written, or the chat has changed otherwise: it was read again. */
async function enterPark(visit: Visit, entry: ParkedReply): Promise<boolean> {
  const { deps, chat } = visit;
  const parked = withParked(chat.parked, entry);
  if (await park(deps.table, chat, parked)) {
    visit.learn({ parked });
    return true;
  }
  await visit.readChatAgain();
  // The client repeats a write whose answer was lost; the table then refuses it, though it was ours.
  return visit.chat.parked.some(
    ({ reply_id, until }) => reply_id === entry.reply_id && until === entry.until,
  );
}
