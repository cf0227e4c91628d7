import type { Delivery, Part } from '../../../shared/contract/delivery.ts';
import { PHONE } from '../../../shared/contract/identity-form.ts';
import type { InboundStatus } from '../../../shared/contract/inbound-item.ts';
import type { StatusJob } from '../../../shared/contract/jobs.ts';
import type { SendOutcome } from '../../../shared/dialog360/messages.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count, measure } from '../../../shared/kernel/metrics.ts';
import { enqueueJobs } from '../../../shared/queues/queue.ts';
import { type Round, roundOf } from '../../../shared/rules/delivery/callback-data.ts';
import { rankOf } from '../../../shared/rules/delivery/delivery-progress.ts';
import { claimAlias, forgetAlias } from '../../../shared/store/chat/aliases.ts';
import { noteSending } from '../../../shared/store/chat/note-sending.ts';
import { renameChat } from '../../../shared/store/chat/rename-chat.ts';
import { recordSentMessage } from '../../../shared/store/delivery/sent-messages.ts';
import { carriesMedia } from '../../../shared/whatsapp/outbound/media-form.ts';
import { reportError } from '../../chain/report-error.ts';
import { partAs } from '../open-delivery.ts';
import type { OpenReply, Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';
import type { Attempt } from './attempt-part.ts';

/** PROTOCOLS 4.4: the id leads to the part from now on; statuses that were faster are queued again. */
export async function acceptPart(
  { visit, delivery }: Sending,
  { index, begun, rendered }: Attempt,
  { messageId, waId }: Extract<SendOutcome, { kind: 'accepted' }>,
): Promise<Part> {
  const { deps } = visit;
  const now = deps.now();
  const { reply_id: replyId } = delivery.state;
  const taken = { index, messageId, round: roundOf(begun) };
  const recorded = await recordMessage({ visit, delivery }, taken).catch(notYet);
  measureWait(delivery.state, { index, begun }, now);
  // Not worth losing the record of the send over: the next message learns the number, and without the
  // wait what follows a file may at worst arrive before it.
  await Promise.all([
    learnNumber(visit, waId),
    holdWhatFollows(visit, replyId, index, rendered.body),
    deps.noteSend(visit.channel.id),
  ]).catch((error: unknown) => log.warn('chat-not-noted', { error: String(error) }));
  const { notes } = rendered;
  const facts = {
    message_id: messageId,
    ...(notes.length > 0 && { notes }),
    ...(recorded === 'not-yet' && { unrecorded: true as const }),
  };
  const known = recorded === 'not-yet' ? null : recorded;
  return partAs(known?.status ?? 'accepted', known?.at ?? now, facts, begun);
}

/**
 * PROTOCOLS 4.4': what could not be recorded when the provider took it is recorded now that every part has
 * ended. If it fails again the job comes again, and finds nothing else to do.
 */
export async function recordUnrecorded({ visit, delivery }: OpenReply): Promise<void> {
  for (const [index, part] of Object.entries(delivery.state.parts)) {
    if (!part.unrecorded || part.message_id === null) continue;
    const taken = { index: Number(index), messageId: part.message_id, round: roundOf(part) };
    const known = await recordMessage({ visit, delivery }, taken);
    // The part has ended, so only a job of its own can tell it of its status.
    if (known) throw new Failure('unavailable', { what: 'early status' });
  }
}

/**
 * From the webhook to the provider's yes: what the visitor waits. Only of the first message of an answer, and
 * not of one that waited for the visitor or goes once more.
 */
function measureWait(
  { received_at: receivedAt, index: place, fallback_for }: Delivery,
  { index, begun }: Pick<Attempt, 'index' | 'begun'>,
  now: number,
): void {
  if (receivedAt === undefined || place !== 0 || index !== 0 || fallback_for !== undefined) return;
  if (roundOf(begun) !== 0 || begun.released_at !== undefined) return;
  measure('webhook-to-acceptance', Math.max(now - receivedAt, 0), 'Milliseconds');
}

interface Taken {
  index: number;
  messageId: string;
  round: Round;
}

/**
 * Notes which part the message is. Returns the furthest of the statuses that were faster, where they could
 * not be queued again; null: there is none.
 */
async function recordMessage(
  { visit, delivery }: OpenReply,
  { index: part, messageId, round }: Taken,
): Promise<InboundStatus | null> {
  const { deps, channel } = visit;
  const { chat_id: chatId, reply_id: replyId, id } = delivery.state;
  const place = { channelId: channel.id, messageId };
  const owner = { chatId, replyId, part, round, id };
  const { early } = await recordSentMessage(deps.table, place, owner, deps.now());
  return requeueEarlyStatuses(visit, early);
}

/**
 * The provider has the message: whatever fails now, the delivery must learn it, or it would go again. What
 * the table refuses (an id that is no key) it would refuse again, and the chat would wait for nothing.
 */
function notYet(error: unknown): 'not-yet' | null {
  reportError(error);
  return error instanceof Failure ? 'not-yet' : null;
}

/**
 * A status that came before its message was known is worked on like any other, now that the message has
 * its part. Where the statuses cannot be queued, the furthest is returned for the part itself: the
 * provider does not repeat them, and it must not be lost.
 */
async function requeueEarlyStatuses(
  { deps, channel }: Visit,
  early: InboundStatus[],
): Promise<InboundStatus | null> {
  const jobs = early.map(
    (status): StatusJob => ({
      kind: 'status',
      channel_id: channel.id,
      received_at: deps.now(),
      status,
    }),
  );
  try {
    await enqueueJobs(deps.queues.statuses, jobs);
    return null;
  } catch (error) {
    log.warn('early-status-not-queued', { error: String(error) });
    return early.toSorted((a, b) => rankOf(b.status) - rankOf(a.status))[0] ?? null;
  }
}

/** PROTOCOLS 9: the provider spells the visitor's number its own way, and so will their messages. */
async function learnNumber({ deps, chat }: Visit, waId: string | null): Promise<void> {
  if (waId === null || waId === chat.phone || waId === chat.wa_id || !PHONE.test(waId)) return;
  const alias = { channelId: chat.channel_id, kind: 'phone' as const, value: waId };
  const owner = await claimAlias(deps.table, alias, chat.id, deps.now(), chat.names_until);
  if (owner !== chat.id) {
    count('identity-conflict');
    log.warn('identity-conflict', { chat_id: chat.id, other_chat_id: owner });
  } else if (!(await renameChat(deps.table, chat, { wa_id: waId }))) {
    // The chat was erased meanwhile, without this alias: nothing else would remove it.
    await forgetAlias(deps.table, alias, chat.id);
  }
}

/** PROTOCOLS 10.2: what follows a file waits for its first status. */
async function holdWhatFollows(
  visit: Visit,
  replyId: string,
  part: number,
  body: Record<string, unknown>,
): Promise<void> {
  const { deps, channel, chat } = visit;
  const waitMs = channel.options.wait_after_media_ms;
  if (waitMs === 0 || !carriesMedia(body)) return;
  const wait = { reply_id: replyId, part, until: deps.now() + waitMs };
  visit.learn({ media_wait: wait });
  await noteSending(deps.table, chat, { media_wait: wait });
}
