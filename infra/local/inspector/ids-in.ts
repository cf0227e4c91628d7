/** An object of JSON of which nothing is known. */
type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const texts = (...values: unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && value !== '');

/**
 * The ids in a body that 360dialog posts: of messages that came in, and of messages of ours. `person`:
 * who wrote the first, by phone number or BSUID.
 */
export function idsInWebhook(body: unknown): {
  messages: string[];
  others: string[];
  person: string | null;
} {
  const root = isObject(body) ? body : {};
  const changes = listOf(root.entry).flatMap(({ changes }) => listOf(changes));
  const values = [root, ...changes.map(({ value }) => value).filter(isObject)];
  const [first] = values.flatMap(({ messages }) => listOf(messages));
  return {
    person: texts(first?.from, first?.from_user_id)[0] ?? null,
    messages: values.flatMap(({ messages }) => listOf(messages).flatMap(({ id }) => texts(id))),
    others: values.flatMap(({ statuses }) => listOf(statuses).flatMap(({ id }) => texts(id))),
  };
}

/** The ids in a job of a queue (shared/contract/jobs.ts). */
export function idsInJob(job: unknown): string[] {
  if (!isObject(job)) return [];
  const item = isObject(job.item) ? job.item : {};
  const part = (name: string): Json => {
    const value = item[name] ?? job[name];
    return isObject(value) ? value : {};
  };
  const { message, status, news, request, notification } = {
    message: part('message'),
    status: part('status'),
    news: part('news'),
    request: part('request'),
    notification: part('notification'),
  };
  return texts(
    ...[job.event_id, job.reply_id, job.turn_id, item.id, message.id, status.message_id],
    ...[news.reply_id, news.event_id, news.message_id, request.event_id, notification.event_id],
    ...[notification.id, notification.reply_id],
  );
}

/** The ids in a line of the log, the one for the whole way first. */
export const idsInEntry = ({ trace_id, event_id, reply_id, fallback_reply_id }: Json): string[] =>
  texts(trace_id, event_id, reply_id, fallback_reply_id);

/** The ids of messages and events in what an agent or 360dialog was asked, and in the answer. */
export function idsInCall({ body, answer }: { body: unknown; answer: unknown }): string[] {
  const asked = isObject(body) ? body : {};
  const given = isObject(answer) ? answer : {};
  const event = isObject(asked.event) ? asked.event : {};
  return texts(event.id, ...listOf(given.messages).map(({ id }) => id));
}

/** The ids an endpoint answers. */
export function idsInAnswer(answer: unknown): string[] {
  const given = isObject(answer) ? answer : {};
  const { event_id, reply_id, notification_id, replies } = given;
  return texts(event_id, reply_id, notification_id, ...listOf(replies).map((one) => one.reply_id));
}
