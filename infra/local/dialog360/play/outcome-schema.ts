import * as z from 'zod/mini';
import { BSUID } from '../../../../shared/contract/identity-form.ts';
import { phone } from './phone-schema.ts';

/** What can become of a message, and WhatsApp's code for it; null: it goes, and the answer is lost. */
export const OUTCOME_CODES = {
  /** WhatsApp decides not to deliver it. */
  failed: 131049,
  'no-whatsapp': 131026,
  'window-closed': 131047,
  'media-failed': 131053,
  'rate-limit': 130429,
  'pair-limit': 131056,
  error: 131000,
  'answer-lost': null,
} as const;
export type OutcomeName = keyof typeof OUTCOME_CODES;
const names = Object.keys(OUTCOME_CODES) as OutcomeName[];

export const outcomeFields = {
  outcome: z._default(z.enum(names), 'failed'),
  /** Another of WhatsApp's codes. */
  code: z.optional(z.int().check(z.minimum(1))),
  /** Whether the message is refused at once; else it is accepted and fails later. */
  at_once: z._default(z.boolean(), false),
  /** How many messages. */
  times: z._default(z.int().check(z.minimum(1), z.maximum(1000)), 1),
};

const notWho =
  'must be a phone number with country code, like +49 170 0000001, or the id of a visitor, like DE.7340021985561204';

/** What becomes of the next messages of the business. */
export const outcomeSchema = z.strictObject({
  ...outcomeFields,
  /** The visitor: a phone number or a BSUID; anyone without it. */
  to: z.optional(z.union([z.string().check(z.regex(BSUID, notWho)), phone])),
  /** The 360dialog API key of the channel; any channel without it. */
  token: z.optional(z.string()),
});
