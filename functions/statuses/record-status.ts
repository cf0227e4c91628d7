// Move a delivery forward → queue the news the agent wants to hear.
import type { Channel } from '../../shared/contract/channel.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import type { InboundStatus } from '../../shared/contract/inbound-item.ts';
import type { NewsJob } from '../../shared/contract/jobs.ts';
import { providerWords } from '../../shared/dialog360/provider-words.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { enqueueJobs } from '../../shared/queues/queue.ts';
import { wantsDelivery } from '../../shared/rules/agent-event/event-wanted.ts';
import {
  type PartName,
  readCallbackData,
  speaksOf,
} from '../../shared/rules/delivery/callback-data.ts';
import { deliveryNews } from '../../shared/rules/delivery/delivery-news.ts';
import { movesForward, rankOf } from '../../shared/rules/delivery/delivery-progress.ts';
import { traceOf } from '../../shared/rules/delivery/trace-of.ts';
import { inboundTime } from '../../shared/rules/window/window.ts';
import { advancePart, type PartNews } from '../../shared/store/delivery/advance-part.ts';
import { findDelivery } from '../../shared/store/delivery/find-delivery.ts';
import { recordEarlyStatus, recordSentMessage } from '../../shared/store/delivery/sent-messages.ts';
import { billedAs } from '../../shared/whatsapp/billed-as.ts';
import { decidingError, judgeLateError } from '../../shared/whatsapp/provider-errors.ts';
import type { JobEnd } from '../chain/queue.ts';
import { decideNotification } from './decide-notification.ts';
import type { StatusesDeps } from './deps.ts';
import { retractFallback } from './retract-fallback.ts';
import { sendAgain } from './send-again.ts';
import { takeBackSaid } from './take-back-said.ts';

interface StatusFacts {
  channel: Channel;
  status: InboundStatus;
  receivedAt: number;
}

/** PROTOCOLS 5: a status finds its part, moves it forward, and is told to the agent at most once. */
export async function recordStatus(deps: StatusesDeps, facts: StatusFacts): Promise<JobEnd> {
  const { channel, status } = facts;
  const named = readCallbackData(status.callback);
  const name = named ?? (await ownerOf(deps, facts));
  if (!name) {
    // It is about a message that another sender sent with this number, or about one of ours that is not
    // recorded yet: `ownerOf` has kept it.
    count('status-without-owner');
    return 'done';
  }
  const place = { channelId: channel.id, ...name };
  const news = newsOf(facts);
  if (status.status === 'failed' && (await sendAgain(deps, { channel, place, news, status }))) {
    return 'done';
  }
  if (wantsDelivery(channel.agent.events, status.status))
    await announce(deps, channel, place, news);
  // Before the failure is recorded: a status that comes again after a death must do it still.
  await takeBackSaid(deps, channel, name, news);
  const before = await advancePart(deps.table, place, news);
  if (!before) return 'done';
  log.appendKeys({ trace_id: traceOf(before) });
  const said = news.reason === null ? null : providerWords({ detail: news.reason });
  // Several statuses of a message say its price; it is billed once.
  const billed = before.parts[name.part]?.pricing ? null : billedAs(status.pricing);
  if (billed !== null) count('billable-message');
  log.info('status-recorded', {
    reply_id: name.replyId,
    part: name.part,
    status: status.status,
    ...(news.code !== null && { code: news.code }),
    ...(said && { reason: said }),
    ...(billed !== null && { billed_as: billed }),
    chat_id: before.chat_id,
  });
  if (named && before.parts[name.part]?.message_id === null)
    await adopt(deps, before, facts, named);
  // After a death right before this line the notification has its result when its time is up: late.
  if (before.notification) await decideNotification(deps, { ...before, time_up: false });
  return 'done';
}

/**
 * The part a message without our callback data became, by its id; while unknown, the status waits under
 * that id.
 */
async function ownerOf({ table, now }: StatusesDeps, { channel, status }: StatusFacts) {
  const { owner } = await recordEarlyStatus(table, channel.id, status, now());
  return owner;
}

/** The sender died before it could record which message this part became: the status says it instead. */
async function adopt(
  { table, now }: StatusesDeps,
  { chat_id, id }: Delivery,
  { channel, status }: StatusFacts,
  name: PartName,
): Promise<void> {
  await recordSentMessage(
    table,
    { channelId: channel.id, messageId: status.message_id },
    { chatId: chat_id, id, ...name },
    now(),
  );
}

type Place = PartName & { channelId: string };

/**
 * Queues what the agent is to be told of a status. It is queued before the status is recorded: after a
 * death in between the agent is told twice, under one event id, and never not at all.
 */
async function announce(
  deps: StatusesDeps,
  channel: Channel,
  { channelId, replyId, part, round }: Place,
  news: PartNews,
): Promise<void> {
  const { table, queues } = deps;
  const delivery = await findDelivery(table, channelId, replyId);
  const before = delivery?.parts[part];
  if (!delivery || !before) return;
  // A part whose next round never began has failed before, and only now for good.
  const isOver = news.status === 'failed' && before.goes_again === true;
  if (!isOver && !movesForward(before.rank, news.status)) return;
  if (!speaksOf(before, { messageId: news.messageId, round })) return;
  // The agent does not know a fallback template by its own id: only its failure is news, of the reply it
  // went for.
  if (delivery.fallback_for !== undefined) {
    if (news.status === 'failed') await retractFallback(deps, channel, delivery, news);
    return;
  }
  const after = { ...before, ...newsFields(news), rank: rankOf(news.status) };
  const job: NewsJob = {
    kind: 'delivery-news',
    channel_id: channelId,
    chat_id: delivery.chat_id,
    news: deliveryNews(delivery, part, news.status, after),
  };
  await enqueueJobs(queues.news, [job]);
}

const newsFields = ({ messageId, at, code, reason }: PartNews) => ({
  message_id: messageId,
  at,
  code,
  reason,
});

function newsOf({ status, receivedAt }: StatusFacts): PartNews {
  const error = decidingError(status.errors);
  const late = error && judgeLateError(error);
  return {
    status: status.status,
    messageId: status.message_id,
    at: inboundTime(status.at, receivedAt),
    code: late?.failureCode ?? null,
    reason: late?.reason ?? null,
    pricing: status.pricing,
  };
}
