import * as z from 'zod/mini';
import { deliveryNewsSchema } from './delivery-news.ts';
import { incomingRequestSchema } from './incoming-request.ts';
import { notificationResultSchema } from './notification.ts';

/** Events as agents get them (docs/contract.md#event-types), for who wants to check what they read. */
const text = z.string();
const maybe = z.optional;

const headOf = <const T extends string>(...types: [T, ...T[]]) =>
  z.object({
    id: text,
    type: z.enum(types),
    at: text,
    attempt: z.number(),
    trace_id: text,
    is_test: maybe(z.literal(true)),
  });

const chatSchema = z.object({
  id: text,
  is_new: z.boolean(),
  dialog: z.enum(['open', 'closed']),
  window: z.object({ open: z.boolean(), until: z.nullable(text) }),
  paused_until: z.nullable(text),
  held_by: maybe(z.literal('meta')),
  missed: maybe(z.number()),
});

const contextSchema = z.object({
  channel_chat_id: text,
  channel_conversation_id: text,
  channel_visitor_id: text,
  channel_visitor_firstname: text,
  channel_visitor_lastname: text,
  channel_visitor_phone: text,
  channel_visitor_email: text,
  channel_visitor_account: text,
  channel_visitor_auth: text,
  channel_visitor_source: text,
  channel_visitor_location: maybe(text),
  channel_message_id: maybe(text),
  client_message: text,
});

const historySchema = z.array(
  z.object({
    from: z.enum(['visitor', 'agent', 'human']),
    at: text,
    text,
    kind: text,
    event_id: maybe(text),
    message_id: maybe(text),
    reply_id: maybe(text),
  }),
);

const envelope = {
  version: z.literal(1),
  channel: z.object({ id: text, title: text, connector: z.literal('dialog360') }),
  chat: chatSchema,
  context: contextSchema,
};
/** What its kind adds stands beside these: docs/contract.md#messages. */
const messageSchema = z.looseObject({
  id: text,
  kind: text,
  text,
  sent_at: text,
  received_at: text,
  transcript: maybe(z.nullable(z.object({ text, language: maybe(text) }))),
  transcript_note: maybe(text),
});
const history = maybe(historySchema);
const message = messageSchema;
const who = z.object({ phone: z.nullable(text), bsuid: z.nullable(text) });

/** The schema of each event, by its type. */
export const EVENT_SCHEMAS = {
  message: z.object({ ...envelope, event: headOf('message'), message, history }),
  unsupported: z.object({ ...envelope, event: headOf('unsupported'), message, history }),
  message_update: z.object({ ...envelope, event: headOf('message_update'), message }),
  incoming_request: z.object({
    ...envelope,
    event: headOf('incoming_request'),
    request: z.omit(incomingRequestSchema, { event_id: true, chat_id: true }),
    history,
  }),
  notification: z.object({
    ...envelope,
    event: headOf('notification'),
    notification: z.omit(notificationResultSchema, { chat_id: true }),
    history,
  }),
  delivery: z.object({ ...envelope, event: headOf('delivery'), delivery: deliveryNewsSchema }),
  handover: z.object({
    ...envelope,
    event: headOf('handover'),
    handover: z.object({
      by: z.enum(['human', 'agent', 'meta', 'limit']),
      until: maybe(text),
      supported: maybe(z.boolean()),
      code: maybe(text),
    }),
  }),
  payment: z.object({
    ...envelope,
    event: headOf('payment'),
    payment: z.object({
      message_id: text,
      reply_id: maybe(text),
      id: maybe(text),
      status: text,
      details: z.record(text, z.unknown()),
    }),
  }),
  visitor_changed: z.object({
    ...envelope,
    event: headOf('visitor_changed'),
    visitor: z.object({ old: who, new: who }),
  }),
  ready: z.object({ version: z.literal(1), event: headOf('ready') }),
};
export type EventName = keyof typeof EVENT_SCHEMAS;
