import * as z from 'zod/mini';
import { leavingOutEmpty } from '../kernel/leave-out-empty.ts';
import { MAX_REPLIES } from './reply.ts';
import { asText } from './reply-fields.ts';

/** The names by which a chat is found. */
export const CHAT_NAMES = ['chat_id', 'channel_chat_id', 'phone', 'bsuid'] as const;

const recipientError = `must be an object with exactly one of ${CHAT_NAMES.join(', ')}, like {"phone": "+49 171 3920042"}`;
const word = (what: string) => {
  const error = `must be ${what}`;
  return z.string({ error }).check(z.minLength(1, error), z.maxLength(256, error));
};

/** Whom a request means: one name, of any of the four kinds (docs/contract.md#agent-to-us `to`). */
export const recipientSchema = leavingOutEmpty(
  z
    .object(
      {
        chat_id: z.optional(word('the chat_id of an event')),
        channel_chat_id: z.optional(word('the channel_chat_id of an event')),
        phone: z.optional(z.pipe(asText, word('a phone number with its country code'))),
        bsuid: z.optional(word('a business-scoped user id')),
      },
      { error: recipientError },
    )
    .check(
      z.refine((to) => CHAT_NAMES.filter((name) => typeof to[name] === 'string').length === 1, {
        error: recipientError,
      }),
    ),
);
export type Recipient = z.infer<typeof recipientSchema>;

const repliesError = `must be a list of 1 to ${MAX_REPLIES} replies, like ["Hello"]`;
const eventError = 'must be the id of the event that is answered';

/**
 * What the messages endpoint takes: docs/contract.md#messages-endpoint. The replies are judged apart, one by one, but all of
 * them before any is accepted.
 */
export const messagesRequestSchema = leavingOutEmpty(
  z.object(
    {
      to: recipientSchema,
      replies: z
        .array(z.unknown(), { error: repliesError })
        .check(z.minLength(1, repliesError), z.maxLength(MAX_REPLIES, repliesError)),
      /** The event these replies answer late; deliveries carry it as `event_id`. */
      in_reply_to: z.optional(
        z
          .string({ error: eventError })
          .check(z.minLength(1, eventError), z.maxLength(128, eventError)),
      ),
    },
    { error: 'must be a JSON object' },
  ),
);

/** What it answers: 202, in the order of the replies. */
export const messagesAnswerSchema = z.object({
  chat_id: z.string(),
  replies: z.array(z.object({ reply_id: z.string() })),
});
export type MessagesAnswer = z.infer<typeof messagesAnswerSchema>;
