import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { Delivery, Part } from '../../shared/contract/delivery.ts';
import type { InboundStatus } from '../../shared/contract/inbound-item.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import { hashOf } from '../../shared/kernel/hash.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { enqueue } from '../../shared/queues/queue.ts';
import { type PartName, roundOf } from '../../shared/rules/delivery/callback-data.ts';
import { movesForward } from '../../shared/rules/delivery/delivery-progress.ts';
import { afterLateFailure } from '../../shared/rules/delivery/late-failure.ts';
import { waitsUntil } from '../../shared/rules/delivery/reply-age.ts';
import { jobBehind, outboundGroup } from '../../shared/rules/delivery/reply-jobs.ts';
import { traceOf } from '../../shared/rules/delivery/trace-of.ts';
import { isWindowOpen } from '../../shared/rules/window/window.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import { refuteWindow } from '../../shared/store/chat/refute-window.ts';
import { advancePart, type PartNews } from '../../shared/store/delivery/advance-part.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { decidingError, judgeLateError } from '../../shared/whatsapp/provider-errors.ts';
import { blockChannel } from '../chain/block-channel.ts';
import { findWords } from '../chain/find-words.ts';
import type { StatusesDeps } from './deps.ts';

interface Failed {
  channel: Channel;
  place: PartName & { channelId: string };
  news: PartNews;
  status: InboundStatus;
}

/**
 * PROTOCOLS 11: a message failed after it was accepted, and may go once more. False: it may not, and
 * the failure is the end. The failure is recorded before the job is queued; after a death in between the
 * repeated status queues the job, and the sender begins each round only once. A reply goes again only while
 * it is young: a visitor who is answered on Saturday must not get Monday's answer after it.
 */
export async function sendAgain(
  deps: StatusesDeps,
  { channel, place, news, status: { errors } }: Failed,
): Promise<boolean> {
  const error = decidingError(errors);
  const delivery = await findDelivery(deps.table, channel.id, place.replyId);
  const part = delivery?.parts[place.part];
  if (!error || !delivery || !part) return false;
  log.appendKeys({ trace_id: traceOf(delivery) });
  // The part became another message meanwhile: the failure of the earlier one changes nothing.
  if (roundOf(part) !== place.round) return true;
  if (part.message_id !== null && part.message_id !== news.messageId) return true;
  const { next, code, reason } = judgeLateError(error);
  if (next === 'account' && isFresh(part, news, deps.now())) {
    await blockChannel(deps, channel, { code, reason });
  }
  const chat = next === 'window' ? await findItsChat(deps, delivery) : null;
  if (await hasDoneItsPart(deps, delivery)) return false;
  const until = waitsUntil(delivery, channel.options.max_wait_minutes);
  const isYoung = Math.max(news.at, deps.now()) < until;
  const again = isYoung ? afterLateFailure(part, next, chat?.last_inbound_at ?? null) : null;
  const reply = again && (await findWords(deps.table, channel, delivery));
  if (!again || reply === undefined || reply === null) return false;

  if (again.window === 'refuted' && chat && movesForward(part.rank, 'failed')) {
    again.window = await refuted(deps, chat, part);
  }
  const goesAgain = { ...news, goesAgain: true as const };
  if (!(await advancePart(deps.table, place, goesAgain)) && part.status !== 'failed') {
    // Either the part was delivered meanwhile, so it did not fail; or our own write was made and its
    // answer was lost.
    const found = await findDelivery(deps.table, channel.id, place.replyId);
    if (found?.parts[place.part]?.status !== 'failed') return true;
  }
  const round = place.round === 0 ? 1 : 2;
  const job: ReplyJob = {
    ...jobBehind(delivery, reply),
    again: { part: place.part, round, ...again },
  };
  await enqueue(deps.queues.outbound, [
    {
      job,
      group: outboundGroup(job),
      deduplicationId: hashOf(channel.id, delivery.reply_id, place.part, 'again', round),
    },
  ]);
  count('part-sent-again');
  log.info('part-sent-again', { reply_id: delivery.reply_id, part: place.part, code: error.code });
  return true;
}

/**
 * PROTOCOLS 17.2: closes our record of the window, unless the visitor has written since the part left: then
 * the window is open again, and the provider's word is only doubted. This comes before the failure is
 * recorded, because the part says until then when it left.
 */
async function refuted(
  { table }: StatusesDeps,
  chat: Chat,
  { at: leftAt }: Part,
): Promise<'refuted' | 'doubted'> {
  if (!(await refuteWindow(table, chat, leftAt))) return 'doubted';
  count('window-refuted');
  log.warn('window-refuted', { chat_id: chat.id });
  return 'refuted';
}

/** A fallback template is to make the visitor write: it is not sent again once they have. */
async function hasDoneItsPart(deps: StatusesDeps, delivery: Delivery): Promise<boolean> {
  if (delivery.fallback_for === undefined) return false;
  const chat = await findItsChat(deps, delivery);
  return chat !== null && isWindowOpen(chat, deps.now());
}

/** An older failure says nothing of now: the provider repeats for days what we could not take. */
const FRESH_MS = 10 * 60_000;

/** Whether a failure is new and recent. Any other may not block a channel that was healed since. */
const isFresh = (part: Part, { at }: PartNews, now: number): boolean =>
  movesForward(part.rank, 'failed') && now - at < FRESH_MS;

const findItsChat = ({ table }: StatusesDeps, { channel_id, chat_id }: Delivery) =>
  findChat(table, channel_id, chat_id, { consistent: true });
