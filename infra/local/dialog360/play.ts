import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import * as z from 'zod/mini';
import type { ChatLine, DoubleAccount } from './account.ts';
import type { Dialog360Double } from './double.ts';
import { post, postToWebhook } from './webhook.ts';
import { bsuidOf, messageBody } from './webhook-bodies.ts';

/** A visitor writes to the business. */
export const playSchema = z.object({
  from: z.string().check(z.regex(/^\+?\d{5,20}$/, 'must be a phone number with country code')),
  text: z.string().check(z.minLength(1, 'must not be empty')),
  name: z._default(z.string(), 'Anna'),
  payload: z._default(z.enum(['v2', 'v1']), 'v2'),
  /** The 360dialog API key of the channel; needed only when there are several. */
  token: z.optional(z.string()),
  /** The same id again is played as a repeat of the provider's. */
  id: z.optional(z.string()),
  /** Epoch seconds; now without it. */
  timestamp: z.optional(z.number()),
});

export interface Played {
  message_id: string;
  /** The status the webhook answered; 0 when it did not answer. */
  webhook: { status: number; ms: number };
  /** What the phone received until it was quiet; absent with `wait` off. */
  replies?: ChatLine[];
}

const WAIT_MS = 10_000;
/** How long the phone must be quiet after a reply before the answer is taken as whole. */
const QUIET_MS = 300;

/**
 * Plays a visitor: posts the message to the webhook of `account` and waits, ten seconds at most,
 * for the replies. A webhook that does not answer 200 gets it again, as from the provider.
 */
export async function playMessage(
  double: Dialog360Double,
  account: DoubleAccount,
  wanted: z.output<typeof playSchema>,
  { wait = true } = {},
): Promise<Played> {
  const phone = wanted.from.replace('+', '');
  const id = wanted.id ?? newMessageId(wanted.payload);
  const sentAt = wanted.timestamp === undefined ? Date.now() : wanted.timestamp * 1000;
  const person = { phone, bsuid: bsuidOf(account.key, phone), name: wanted.name };
  const message = { id, sentAt, text: wanted.text };
  const body = messageBody(wanted.payload, account.key, person, message);
  const heard = account.chat(phone).length + 1;
  account.write(phone, {
    from: 'user',
    message_id: id,
    type: 'text',
    text: wanted.text,
    at: new Date(sentAt).toISOString(),
    statuses: [],
  });

  double.tell(`message in (${wanted.text.length} characters)`, { phone });
  const begun = Date.now();
  const webhook = account.webhook ?? { url: '', headers: {} };
  const status = await post(webhook.url, webhook.headers, JSON.stringify(body), double.stopped);
  const ms = Date.now() - begun;
  if (status !== 200) {
    double.tell(`the webhook answered ${status || 'nothing'}; it gets the message again`, {
      phone,
    });
    void postToWebhook(webhook, body, double.stopped);
  }
  const played: Played = { message_id: id, webhook: { status, ms } };
  if (!wait) return played;
  await untilQuiet(double, () => repliesSince(account, phone, heard));
  return { ...played, replies: repliesSince(account, phone, heard) };
}

const repliesSince = (account: DoubleAccount, phone: string, from: number): ChatLine[] =>
  account
    .chat(phone)
    .slice(from)
    .filter((line) => line.from === 'business');

/** Resolves when there are replies, each with its last status, and no more come. */
async function untilQuiet(double: Dialog360Double, replies: () => ChatLine[]): Promise<void> {
  const last = double.statuses.tell.at(-1) ?? 'accepted';
  const told = (line: ChatLine) => line.statuses.some((name) => name === last || name === 'failed');
  const late = AbortSignal.any([double.stopped, AbortSignal.timeout(WAIT_MS)]);
  while (!late.aborted) {
    const whole = replies().length > 0 && replies().every(told);
    const quiet = AbortSignal.timeout(whole ? QUIET_MS : WAIT_MS);
    const changed = await once(double.changes, 'change', {
      signal: AbortSignal.any([late, quiet]),
    }).then(
      () => true,
      () => false,
    );
    if (whole && !changed) return;
  }
}

const newMessageId = (payload: 'v2' | 'v1'): string =>
  payload === 'v2'
    ? `wamid.${randomBytes(36).toString('base64')}`
    : `ABGG${randomBytes(10).toString('hex')}`;
