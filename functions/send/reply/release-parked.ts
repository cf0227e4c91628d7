// What waits for the visitor, in its order: each goes, stays or ends. PROTOCOLS 18, "Release".
import type { ParkedReply } from '../../../shared/contract/chat.ts';
import type { Delivery } from '../../../shared/contract/delivery.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import { roundOf } from '../../../shared/rules/delivery/callback-data.ts';
import { firstOpen } from '../../../shared/rules/delivery/next-step.ts';
import { jobBehind } from '../../../shared/rules/delivery/reply-jobs.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import { optedOut } from '../../../shared/rules/opt-out/opted-out.ts';
import { lookAt, lookWhenOver, withoutParked } from '../../../shared/rules/window/park.ts';
import { leavePark } from '../../../shared/store/chat/parking.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { givesWay } from '../../../shared/store/delivery/insert-delivery.ts';
import { dropLook } from '../../chain/drop-look.ts';
import { findWords } from '../../chain/find-words.ts';
import type { JobEnd } from '../../chain/queue.ts';
import { OpenDelivery, partAs } from '../open-delivery.ts';
import { recordUnrecorded } from '../part/accept-part.ts';
import { type Ending, stopParts } from '../part/stop-parts.ts';
import type { OpenReply, Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';
import { planReply } from './plan-reply.ts';
import { reportEnds, reportRelease } from './report-reply.ts';
import { settleReply } from './settle-reply.ts';

/** Looks through the chat's park. A reply that has to wait for something else holds back those behind it. */
export async function releaseParked(visit: Visit): Promise<JobEnd> {
  const staying = new Set<string>();
  for (;;) {
    const next = visit.chat.parked.find(({ reply_id }) => !staying.has(reply_id));
    if (!next) return 'done';
    const stored = await findDelivery(visit.deps.table, visit.channel.id, next.reply_id);
    const end = stored ? await release(visit, next, stored) : 'ended';
    if (end === 'stays') staying.add(next.reply_id);
    else if (end === 'ended') await takeOut(visit, next, stored);
    else if (end !== 'judge-again') return end;
  }
}

type End = 'ended' | 'stays' | 'judge-again' | Exclude<JobEnd, 'done'>;

async function release(visit: Visit, parked: ParkedReply, stored: Delivery): Promise<End> {
  const { deps, chat } = visit;
  log.appendKeys({ trace_id: traceOf(stored), reply_id: parked.reply_id });
  const reply = { visit, delivery: new OpenDelivery(deps, stored, { stored: true }) };
  const first = firstOpen(stored.parts, stored.part_count);
  if (first === null) {
    await recordUnrecorded(reply);
    await reportEnds(reply); // the invocation that ended it may have died before that
    return 'ended';
  }
  // One that has begun to go is not held up by its time in the park.
  if (stored.parts[first]?.status === 'parked') {
    const found = lookAt(parked, chat, deps.now());
    if (found === 'stays') return found;
    const reason = 'The visitor did not write for as long as it might wait.';
    if (found === 'over') return expire(reply, first, reason);
    if (optedOut(chat) === 'everything') return endAs(reply, { index: first, ...OPTED_OUT });
  }
  const sending = await withItsWords(reply);
  if (!sending) return expire(reply, first, 'What was to be said is no longer kept.');
  return letGo(sending);
}

/** The reply with its words, from the turn that holds them; null: they are no longer kept. */
async function withItsWords({ visit, delivery }: OpenReply): Promise<Sending | null> {
  const { deps, channel, chat } = visit;
  const reply = await findWords(deps.table, channel, delivery.state);
  if (reply === undefined) return null;
  const job = jobBehind(delivery.state, reply);
  return { visit, delivery, job, plan: await planReply(job, channel, chat) };
}

/** It goes like any other reply: the same steps, which may end it, put it off or park it again. */
async function letGo(sending: Sending): Promise<End> {
  const { visit, plan, delivery } = sending;
  const now = visit.deps.now();
  const { parts, part_count: partCount } = delivery.state;
  const parked = Object.entries(parts).filter(([, { status }]) => status === 'parked');
  const planned = Math.max(plan.parts.length, 1);
  if (parked.length > 0 && planned !== partCount) {
    const [[index = '0'] = []] = parked;
    if (parked.length < Object.keys(parts).length) {
      return endAs(sending, { index: Number(index), ...CHANGED });
    }
    delivery.note({ part_count: planned }); // an option was changed, and nothing of it has left
  }
  for (const [index, part] of parked) {
    // Every parked reply may go from the moment the visitor wrote, also while those before it are sent.
    // `max_wait_minutes` counts from then for each of them.
    const released_at = Math.max(visit.chat.last_inbound_at ?? now, part.at);
    const { window_doubted, ...before } = part; // a refusal after a new message may be false again
    delivery.set(Number(index), partAs('waiting', now, { released_at }, before));
    count('reply-released');
    log.info('part-released', { part: Number(index), parked_ms: now - part.at });
  }
  if (parked.length > 0) await reportRelease(sending);
  if (!(await delivery.flush())) return 'judge-again';
  const end = await settleReply(sending);
  if (end === 'parked') return 'stays';
  return end === 'done' ? 'ended' : end;
}

const OPTED_OUT = {
  status: 'refused' as const,
  code: 'opted-out',
  reason: 'The visitor answered that they want no more.',
};
const CHANGED = {
  status: 'failed' as const,
  code: 'outcome-unknown',
  reason: 'The channel was changed while the rest of this reply waited.',
};

const expire = (reply: OpenReply, index: number, reason: string): Promise<End> =>
  endAs(reply, { index, status: 'expired', code: 'expired', reason });

async function endAs(reply: OpenReply, ending: Ending): Promise<End> {
  stopParts(reply, ending);
  if (!(await reply.delivery.flush())) return 'judge-again';
  await reportEnds(reply);
  return 'ended';
}

/**
 * The agent's own id for a reply names another reply after a day: what still waits under it has waited
 * long enough. The agent is told so before the delivery gives way to the new one.
 */
export async function expireOutlived(visit: Visit, newer: Delivery): Promise<void> {
  const { deps, channel, chat } = visit;
  const parked = chat.parked.find(({ reply_id }) => reply_id === newer.reply_id);
  const older = parked && (await findDelivery(deps.table, channel.id, newer.reply_id));
  if (!parked || !older || !givesWay(older, newer)) return;
  const first = firstOpen(older.parts, older.part_count);
  const reply = { visit, delivery: new OpenDelivery(deps, older, { stored: true }) };
  if (first !== null) await expire(reply, first, 'Its id names another reply by now.');
  await takeOut(visit, parked, older);
}

/** Release 4. A write that came too late reads the park again; the next look finds this reply ended. */
export async function takeOut(
  visit: Visit,
  { reply_id, until }: ParkedReply,
  before: Delivery | null,
): Promise<void> {
  const { deps, chat } = visit;
  const left = await leavePark(deps.table, chat, withoutParked(chat.parked, reply_id));
  // Whatever has happened meanwhile counts for the next one: a person took over, a stop word.
  if (!left) return visit.readChatAgain();
  visit.learn(left);
  const first = before && firstOpen(before.parts, before.part_count);
  if (before && first !== null) {
    await dropLook(deps.table, lookWhenOver(before, roundOf(before.parts[first]), until));
  }
}
