import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { AfterRefusal, Delivery, Part } from '../../shared/contract/delivery.ts';
import { PHONE } from '../../shared/contract/identity.ts';
import { type SendOutcome, sendMessage } from '../../shared/dialog360/messages.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { callbackData } from '../../shared/rules/callback-data.ts';
import { rankOf } from '../../shared/rules/delivery-progress.ts';
import { waitAfterRefusal } from '../../shared/rules/provider-retry.ts';
import { claimAlias } from '../../shared/store/aliases.ts';
import { renameChat } from '../../shared/store/chats.ts';
import { recordSentMessage } from '../../shared/store/sent-messages.ts';
import type { RenderedPart } from '../../shared/whatsapp/outbound/rendering.ts';
import { judgeLateError } from '../../shared/whatsapp/provider-errors.ts';
import type { SendDeps } from './deps.ts';
import { partAs } from './ledger.ts';

/** A request that hangs longer than this may have been carried out: its outcome is unknown. */
const TIMEOUT_MS = 15_000;

export interface Attempt {
  channel: Channel;
  chat: Chat;
  delivery: Delivery;
  index: number;
  /** As it stands in the ledger: `sending`, this attempt counted. */
  begun: Part;
  rendered: RenderedPart;
}

/** PROTOCOLS 4.3 and 4.4: one request for one part, and what the part is after it. */
export async function attemptPart(deps: SendDeps, attempt: Attempt): Promise<Part> {
  const { channel, delivery, index, rendered } = attempt;
  const { token } = await deps.secrets.read(channel.id, channel.secret_version);
  const account = { hosting: channel.hosting, base_url: channel.base_url, token };
  const message =
    channel.hosting === 'on-premise'
      ? rendered.body // the old API refuses what it does not know
      : { ...rendered.body, biz_opaque_callback_data: callbackData(delivery.reply_id, index) };
  const startedAt = deps.now();
  const outcome = await sendMessage(account, message, { reach: deps.reach, timeoutMs: TIMEOUT_MS });
  log.info('part-attempted', {
    part: index,
    attempt: attempt.begun.attempts,
    result: outcome.kind,
    took_ms: deps.now() - startedAt,
    ...(outcome.kind === 'refused' && { code: outcome.refusal.code, next: outcome.refusal.next }),
  });
  return afterOutcome(deps, attempt, outcome);
}

async function afterOutcome(deps: SendDeps, attempt: Attempt, outcome: SendOutcome): Promise<Part> {
  const { begun } = attempt;
  const now = deps.now();
  switch (outcome.kind) {
    case 'accepted':
      return accepted(deps, attempt, outcome);
    case 'unknown':
      count('send-outcome-unknown');
      return begun; // stays `sending`: a status, or the next attempt, decides
    case 'not-sent':
      return putOff(deps, begun, {
        code: 'provider-unreachable',
        reason: outcome.reason,
        waitMs: waitOf(deps, attempt, { code: 0, next: 'retry' }, null),
      });
    case 'refused': {
      const { refusal, retryAfterMs } = outcome;
      const { failureCode: code, reason } = refusal;
      const waitMs = waitOf(deps, attempt, refusal, retryAfterMs);
      if (waitMs !== null) return putOff(deps, begun, { code, reason, waitMs });
      count('part-refused-by-provider');
      return partAs('failed', now, { code, reason }, begun);
    }
  }
}

/** An account-level block lifts when somebody does something: asked again each minute until then. */
const BLOCKED_WAIT_MS = 60_000;

/** How long the provider's no holds; null: for good. */
function waitOf(
  { chance }: SendDeps,
  { begun: { attempts } }: Attempt,
  { code, next }: { code: number; next: AfterRefusal },
  retryAfterMs: number | null,
): number | null {
  if (next === 'account') return retryAfterMs ?? BLOCKED_WAIT_MS;
  if (next !== 'retry' && next !== 'retry-few') return null;
  return waitAfterRefusal({ code, next, attempts, retryAfterMs, jitter: chance() });
}

function putOff(
  { now }: SendDeps,
  begun: Part,
  { code, reason, waitMs }: { code: string; reason: string; waitMs: number | null },
): Part {
  count('part-put-off');
  return partAs('waiting', now(), { code, reason, retry_at: now() + (waitMs ?? 0) }, begun);
}

/** The id leads to the part from now on; statuses that were faster than we are taken along. */
async function accepted(
  deps: SendDeps,
  attempt: Attempt,
  { messageId, waId }: Extract<SendOutcome, { kind: 'accepted' }>,
): Promise<Part> {
  const { channel, delivery, index, begun } = attempt;
  const now = deps.now();
  const { early } = await recordSentMessage(
    deps.table,
    { channelId: channel.id, messageId },
    { chatId: delivery.chat_id, replyId: delivery.reply_id, part: index, id: delivery.id },
    now,
  );
  // Not worth losing the record of the send over: the next message learns it.
  await learnNumber(deps, attempt, waId).catch((error: unknown) =>
    log.warn('number-not-learnt', { error: String(error) }),
  );
  const [furthest] = early.sort((a, b) => rankOf(b.status) - rankOf(a.status));
  if (!furthest) return partAs('accepted', now, { message_id: messageId }, begun);
  const [error] = furthest.errors;
  const late = error && judgeLateError(error);
  return partAs(
    furthest.status,
    furthest.at ?? now,
    {
      message_id: messageId,
      code: late?.failureCode ?? null,
      reason: late?.reason ?? null,
    },
    begun,
  );
}

/** PROTOCOLS 9: the provider spells this person's number its own way, and so will their messages. */
async function learnNumber(
  { table, now }: SendDeps,
  { chat }: Attempt,
  waId: string | null,
): Promise<void> {
  if (waId === null || waId === chat.phone || waId === chat.wa_id || !PHONE.test(waId)) return;
  const alias = { channelId: chat.channel_id, kind: 'phone' as const, value: waId };
  const owner = await claimAlias(table, alias, chat.id, now());
  if (owner === chat.id) return renameChat(table, chat, { wa_id: waId });
  count('identity-conflict');
  log.warn('identity-conflict', { chat_id: chat.id, other_chat_id: owner });
}
