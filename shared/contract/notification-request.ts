import * as z from 'zod/mini';
import { leavingOutEmpty } from '../kernel/leave-out-empty.ts';
import { recipientSchema } from './messages-request.ts';
import { asText } from './reply-fields.ts';

const templateError = 'must be a template like {"name": "parcel_arrived", "language": "en"}';
const typeError = 'must be template, or left out';
const nameError = 'must be text of 1 to 256 characters';

/**
 * What the notifications endpoint takes (docs/contract.md#notifications). The template is a reply
 * without its `type`, judged like any other before anything is accepted. Its `id` does not count: a
 * notification has one of its own.
 */
export const notificationRequestSchema = leavingOutEmpty(
  z.object(
    {
      to: recipientSchema,
      template: z.record(z.string(), z.unknown(), { error: templateError }).check(
        z.refine(({ type }) => !type || type === 'template', {
          error: typeError,
          path: ['type'],
        }),
      ),
      request_id: z.optional(
        z.pipe(
          asText,
          z
            .string({ error: nameError })
            .check(z.minLength(1, nameError), z.maxLength(256, nameError)),
        ),
      ),
    },
    { error: 'must be a JSON object' },
  ),
);

/** What it answers: 202. */
export const notificationAnswerSchema = z.object({
  notification_id: z.string(),
  chat_id: z.string(),
  reply_id: z.string(),
});
export type NotificationAnswer = z.infer<typeof notificationAnswerSchema>;
