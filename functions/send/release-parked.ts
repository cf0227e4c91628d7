// What waits for the visitor, in its order: each goes, stays or ends. PROTOCOLS 18, "Release".
import type { ParkedReply } from '../../shared/contract/chat.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { releaseNews } from '../../shared/rules/delivery/delivery-news.ts';
import { firstOpen } from '../../shared/rules/delivery/next-step.ts';
import { replyBehind } from '../../shared/rules/delivery/replies-of.ts';
import { jobBehind } from '../../shared/rules/delivery/reply-jobs.ts';
import { optedOut } from '../../shared/rules/window/opted-out.ts';
import { lookAt, withoutParked } from '../../shared/rules/window/park.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { leavePark } from '../../shared/store/chat/parking.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { givesWay } from '../../shared/store/delivery/open-delivery.ts';
import { findTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import { ChatErased, Ledger, partAs } from './ledger.ts';
import { planReply } from './plan-reply.ts';
import { queueNews } from './queue-news.ts';
import { reportEnds } from './report-ends.ts';
import { settleReply } from './settle-reply.ts';
import { stopParts } from './stop-parts.ts';
import { goOnFrom, type Run, type Visit } from './visit.ts';

/** Looks through the chat's park. A reply that has to wait for something else keeps the ones behind it. */
export async function releaseParked(visit: Visit): Promise<JobEnd> {
  const staying = new Set<string>();
  for (;;) {
    const next = visit.chat.parked.find(({ reply_id }) => !staying.has(reply_id));
    if (!next) return 'done';
    const end = await release(visit, next);
    if (end === 'stays') staying.add(next.reply_id);
    else if (end === 'ended') await takeOut(visit, next);
    else if (end !== 'judge-again') return end;
  }
}

type End = 'ended' | 'stays' | 'judge-again' | Exclude<JobEnd, 'done'>;

async function release(visit: Visit, parked: ParkedReply): Promise<End> {
  const { deps, channel, chat } = visit;
  const { reply_id } = parked;
  const delivery = await findDelivery(deps.table, channel.id, reply_id);
  if (!delivery) return 'ended';
  log.appendKeys({ reply_id, event_id: delivery.event_id });
  const ledger = new Ledger(deps, delivery, { stored: true });
  const first = firstOpen(delivery.parts, delivery.part_count);
  if (first === null) {
    await reportEnds(deps, channel, delivery); // whoever ended it may have died before that
    return 'ended';
  }
  // One that has begun to go is not held up by its time in the park.
  if (delivery.parts[first]?.status === 'parked') {
    const found = lookAt(parked, chat, deps.now());
    if (found === 'stays') return found;
    const reason = 'The user did not write for as long as it might wait.';
    if (found === 'over') return expire(visit, ledger, first, reason);
    if (optedOut(chat) === 'everything') return endAs(visit, ledger, { index: first, ...UNWANTED });
  }
  const run = await runBehind(visit, delivery);
  if (!run) return expire(visit, ledger, first, 'What was to be said is no longer kept.');
  return letGo(visit, run, ledger);
}

/** The reply's own run, with its words from the turn that holds them; null: nobody knows them any more. */
async function runBehind(visit: Visit, delivery: Delivery): Promise<Run | null> {
  const { deps, channel, chat } = visit;
  const place = { channelId: channel.id, eventId: delivery.turn_id };
  const reply = replyBehind(channel, await findTurn(deps.table, place), delivery);
  if (reply === undefined) return null;
  const job = jobBehind(delivery, reply);
  return { ...visit, job, plan: await planReply(job, channel, chat) };
}

/** It goes like any other: the same walk, which may end it, put it off or park it again. */
async function letGo(visit: Visit, run: Run, ledger: Ledger): Promise<End> {
  const { deps, channel, chat } = visit;
  const now = deps.now();
  const { parts, part_count: partCount } = ledger.delivery;
  const parked = Object.entries(parts).filter(([, { status }]) => status === 'parked');
  const planned = Math.max(run.plan.parts.length, 1);
  if (parked.length > 0 && planned !== partCount) {
    const [[index = '0'] = []] = parked;
    if (parked.length < Object.keys(parts).length) {
      return endAs(visit, ledger, { index: Number(index), ...CHANGED });
    }
    ledger.note({ part_count: planned }); // an option was changed, and nothing of it has left
  }
  for (const [index, part] of parked) {
    // It was free to go from then on, whatever went before it: twenty do not wait twenty times as long.
    const released_at = Math.max(chat.last_inbound_at ?? now, part.at);
    const { window_doubted, ...before } = part; // a new message of theirs allows a new doubt
    ledger.set(Number(index), partAs('waiting', now, { released_at }, before));
    count('reply-released');
    log.info('part-released', { part: Number(index), parked_ms: now - part.at });
  }
  if (parked.length > 0)
    await queueNews(deps, channel, ledger.delivery, releaseNews(ledger.delivery));
  if (!(await ledger.flush())) return 'judge-again';
  const end = await settleReply(run, ledger);
  goOnFrom(visit, run);
  if (end === 'parked') return 'stays';
  return end === 'done' ? 'ended' : end;
}

const UNWANTED = {
  status: 'refused' as const,
  code: 'opted-out',
  reason: 'The user answered that they want no more.',
};
const CHANGED = {
  status: 'failed' as const,
  code: 'outcome-unknown',
  reason: 'The channel was changed while the rest of this reply waited.',
};

const expire = (visit: Visit, ledger: Ledger, index: number, reason: string): Promise<End> =>
  endAs(visit, ledger, { index, status: 'expired', code: 'expired', reason });

async function endAs(
  { deps, channel }: Visit,
  ledger: Ledger,
  end: Parameters<typeof stopParts>[2],
): Promise<End> {
  stopParts(deps, ledger, end);
  if (!(await ledger.flush())) return 'judge-again';
  await reportEnds(deps, channel, ledger.delivery);
  return 'ended';
}

/**
 * An id of the agent's names another reply after a day: what still waits under it has waited long
 * enough, and is told so before its ledger gives way.
 */
export async function expireOutlived(visit: Visit, newer: Delivery): Promise<void> {
  const { deps, channel, chat } = visit;
  const parked = chat.parked.find(({ reply_id }) => reply_id === newer.reply_id);
  const older = parked && (await findDelivery(deps.table, channel.id, newer.reply_id));
  if (!parked || !older || !givesWay(older, newer)) return;
  const first = firstOpen(older.parts, older.part_count);
  const ledger = new Ledger(deps, older, { stored: true });
  if (first !== null) await expire(visit, ledger, first, 'Its id names another reply by now.');
  await takeOut(visit, parked);
}

/** Release 4. Lost: what is there now is looked through, and this one found to have ended. */
async function takeOut(visit: Visit, { reply_id }: ParkedReply): Promise<void> {
  const { deps, chat } = visit;
  const { table } = deps;
  const found =
    (await leavePark(table, chat, withoutParked(chat.parked, reply_id))) ??
    (await findChat(table, chat.channel_id, chat.id, { consistent: true }));
  if (!found) throw new ChatErased();
  // Whatever has happened meanwhile counts for the next one: a person took over, a stop word.
  visit.chat = found;
}
