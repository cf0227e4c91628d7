import type { Payload } from './webhook-bodies.ts';

/** A failure in WhatsApp's words. */
export interface FailureWords {
  code: number;
  title: string;
  details: string;
}

/** What WhatsApp calls its codes, and says of those that can be played (docs/360dialog.md#error-codes). */
// biome-ignore format: a table reads by column
const CODES: Record<number, { title: string; details?: string }> = {
  100:    { title: 'Invalid parameter' },
  130429: { title: 'Rate limit hit', details: 'Too many messages were sent from this phone number in a short time' },
  130472: { title: "User's number is part of an experiment" },
  131000: { title: 'Something went wrong', details: 'The message failed for an unknown reason' },
  131008: { title: 'Required parameter is missing' },
  131009: { title: 'Parameter value is not valid' },
  131026: { title: 'Message undeliverable', details: 'Message Undeliverable.' },
  131042: { title: 'Business eligibility payment issue', details: 'The message failed because of the payment method' },
  131047: { title: 'Re-engagement message', details: 'More than 24 hours have passed since the customer last replied to this number.' },
  131048: { title: 'Spam rate limit hit', details: 'Too many messages of this phone number were blocked or reported' },
  131049: { title: 'Message not delivered', details: 'Not delivered, to keep the ecosystem healthy' },
  131050: { title: 'User has stopped marketing messages' },
  131051: { title: 'Unsupported message type' },
  131053: { title: 'Media upload error' },
  131056: { title: 'Pair rate limit hit', details: 'Too many messages were sent to the same phone number in a short time' },
  132000: { title: 'Number of parameters does not match the expected number of params' },
  132005: { title: 'Translated text too long' },
  132012: { title: 'Parameter format does not match format in the created template' },
  132015: { title: 'Template is paused' },
  132016: { title: 'Template is disabled' },
  132018: { title: 'There is an issue with the parameters in your template' },
  132001: { title: 'Template name does not exist in the translation' },
};

/** What the old API has instead. */
const OLD_CODES: Record<number, FailureWords> = {
  131026: {
    code: 1013,
    title: 'User is not valid',
    details: 'Recipient is not a valid WhatsApp user',
  },
  131047: {
    code: 470,
    title: 'Message failed to send',
    details: 'More than 24 hours have passed since the customer last replied',
  },
  131048: {
    code: 471,
    title: 'Spam rate limit hit',
    details: 'Too many messages were blocked or reported',
  },
};

export const titleOf = (code: number): string => CODES[code]?.title ?? `Error ${code}`;

/** The failure with this code, as each payload version has it. */
export function failureWords(code: number, payload: Payload): FailureWords {
  const title = titleOf(code);
  const words = { code, title, details: CODES[code]?.details ?? title };
  return payload === 'v1' ? (OLD_CODES[code] ?? words) : words;
}
