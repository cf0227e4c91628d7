import type { DoubleAccount, TakenMessage } from './account.ts';
import { type FailureWords, failureWords } from './failure-words.ts';
import { statusError } from './provider-answers.ts';
import { postToWebhook } from './webhook.ts';
import { bsuidOf, type StatusNews, statusBody } from './webhook-bodies.ts';

export interface StatusToPost {
  status: StatusNews['status'];
  /** Epoch milliseconds. */
  at: number;
  /** Of a failure, as its body has them. */
  errors: object[] | undefined;
  withCallbackData: boolean;
}

/**
 * Posts a status of a message to its webhook and adds it to the line of its chat. Resolves to what
 * the webhook answered, 0 when nothing; null: no webhook is registered.
 */
export async function postStatus(
  { webhook, key }: DoubleAccount,
  { messageId, request, line }: TakenMessage,
  { status, at, errors, withCallbackData }: StatusToPost,
  signal: AbortSignal,
): Promise<number | null> {
  if (!webhook) return null;
  const { payload, phone, callbackData } = request;
  const bsuid = request.bsuid ?? bsuidOf(key, phone ?? '');
  const news = { messageId, status, at, callbackData: withCallbackData ? callbackData : null };
  const body = statusBody(payload, key, { phone, bsuid }, { ...news, ...(errors && { errors }) });
  const answered = await postToWebhook(webhook, body, signal);
  line.statuses.push(status);
  line.history.push({ status, at: new Date(at).toISOString(), ...reasonIn(errors) });
  return answered;
}

/** The errors of the status that says that a message failed with this code. */
export const errorsOf = (words: FailureWords | number, payload: 'v2' | 'v1'): object[] => [
  statusError(typeof words === 'number' ? failureWords(words, payload) : words, payload),
];

/** The failure a message ended with, for the terminal. */
export function reasonOf({ line }: TakenMessage): string {
  const { code, reason } = line.history.at(-1) ?? {};
  return code === undefined ? '' : `: ${code} ${reason}`;
}

/** The first error's code, and what it says, for the line of a chat. */
function reasonIn(errors: object[] | undefined): { code?: number; reason?: string } {
  const [error] = (errors ?? []) as [Fault?];
  if (error?.code === undefined) return {};
  const { code, title, message, details, error_data } = error;
  const name = title ?? message ?? '';
  const more = error_data?.details ?? details ?? '';
  const saysMore = folded(more) !== '' && folded(more) !== folded(name);
  return { code, reason: saysMore ? `${name}: ${more}` : name };
}

const folded = (words: string): string => words.toLowerCase().replace(/\.$/, '');

interface Fault {
  code?: number;
  title?: string;
  message?: string;
  details?: string;
  error_data?: { details?: string };
}
