import * as z from 'zod/mini';
import type { FailedCall } from '../contract/failed-call.ts';
import { read } from '../kernel/parse.ts';
import { type CallLimits, call } from './call.ts';
import type { Account } from './hosts.ts';
import { readCall } from './read-call.ts';

/** The number's own webhook; the same path on every host (docs/360dialog.md#webhook-registration). */
const PATH = '/v1/configs/webhook';

const webhookSchema = z.object({
  url: z.catch(z.nullish(z.string()), null),
  headers: z.catch(z.nullish(z.record(z.string(), z.string())), null),
});

/** Where the provider posts a number's messages now. Headers null: the host does not show them. */
export async function readRegisteredWebhook(
  account: Account,
  limits: CallLimits,
): Promise<
  { kind: 'found'; url: string | null; headers: Record<string, string> | null } | FailedCall
> {
  const end = readCall(await call(account, { method: 'GET', path: PATH }, limits));
  if (end.kind !== 'done') return end;
  const webhook = read(webhookSchema, end.json);
  if (!webhook.ok) return { kind: 'found', url: null, headers: null };
  const { url, headers } = webhook.value;
  return { kind: 'found', url: url || null, headers: headers ?? null };
}

/** Tells the provider where to post a number's messages, and which headers to send with each. */
export async function setWebhook(
  account: Account,
  webhook: { url: string; headers: Record<string, string> },
  limits: CallLimits,
): Promise<{ kind: 'accepted' } | FailedCall> {
  const end = readCall(await call(account, { method: 'POST', path: PATH, json: webhook }, limits));
  return end.kind === 'done' ? { kind: 'accepted' } : end;
}
