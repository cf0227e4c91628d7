import type { AfterRefusal, Delivery, Part } from '../../shared/contract/delivery.ts';
import type { Account } from '../../shared/dialog360/hosts.ts';
import { type SendOutcome, sendMessage } from '../../shared/dialog360/messages.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { callbackData, roundOf } from '../../shared/rules/delivery/callback-data.ts';
import { waitAfterRefusal } from '../../shared/rules/delivery/provider-retry.ts';
import { afterWindowRefusal } from '../../shared/rules/window/after-window-refusal.ts';
import { refuteWindow } from '../../shared/store/chat/refute-window.ts';
import type { RenderedPart } from '../../shared/whatsapp/outbound/rendering.ts';
import type { ProviderRefusal } from '../../shared/whatsapp/provider-errors.ts';
import { blockChannel } from '../chain/block-channel.ts';
import { acceptPart } from './accept-part.ts';
import type { SendDeps } from './deps.ts';
import { partAs } from './ledger.ts';
import type { Run } from './visit.ts';

/** A request that hangs longer than this may have been carried out: its outcome is unknown. */
const TIMEOUT_MS = 15_000;

export interface Attempt {
  delivery: Delivery;
  index: number;
  /** As it stands in the ledger: `sending`, this attempt counted. */
  begun: Part;
  rendered: RenderedPart;
}

/** PROTOCOLS 4.3 and 4.4: one request for one part, and what the part is after it. */
export async function attemptPart(run: Run, account: Account, attempt: Attempt): Promise<Part> {
  const { deps } = run;
  const { delivery, index, begun, rendered } = attempt;
  const limits = { reach: deps.reach, timeoutMs: TIMEOUT_MS };
  const name = { replyId: delivery.reply_id, part: index, round: roundOf(begun) };
  const message =
    account.hosting === 'on-premise'
      ? rendered.body // the old API refuses what it does not know
      : { ...rendered.body, biz_opaque_callback_data: callbackData(name) };
  const startedAt = deps.now();
  const outcome = await sendMessage(account, message, limits);
  log.info('part-attempted', {
    part: index,
    attempt: begun.attempts,
    result: outcome.kind,
    took_ms: deps.now() - startedAt,
    ...(outcome.kind === 'refused' && { code: outcome.refusal.code, next: outcome.refusal.next }),
  });
  return afterOutcome(run, attempt, outcome);
}

async function afterOutcome(run: Run, attempt: Attempt, outcome: SendOutcome): Promise<Part> {
  const { deps } = run;
  const { begun, rendered } = attempt;
  switch (outcome.kind) {
    case 'accepted':
      return acceptPart(run, attempt, outcome);
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
      const { failureCode: code, reason, next } = refusal;
      if (next === 'account') return afterBlock(run, begun, refusal, retryAfterMs);
      if (next === 'window' && rendered.needsWindow) return afterClosed(run, begun, refusal);
      if (next === 'media' && rendered.fallback) {
        return putOff(deps, begun, { code, reason, waitMs: 0, as: 'fallback' });
      }
      const waitMs = waitOf(deps, attempt, refusal, retryAfterMs);
      if (waitMs !== null) return putOff(deps, begun, { code, reason, waitMs });
      count('part-refused-by-provider');
      return partAs('failed', deps.now(), { code, reason }, begun);
    }
  }
}

/** PROTOCOLS 16: the channel is marked, so that nobody else asks in vain; this part waits as they do. */
async function afterBlock(
  { deps, channel }: Run,
  begun: Part,
  refusal: ProviderRefusal,
  retryAfterMs: number | null,
): Promise<Part> {
  const { reason } = refusal;
  // Not worth losing the record of the refusal over: the next one marks it.
  await blockChannel(deps, channel, refusal).catch((error: unknown) =>
    log.warn('channel-not-marked', { error: String(error) }),
  );
  const waitMs = retryAfterMs ?? deps.probeIntervalMs;
  return putOff(deps, begun, { code: 'channel-blocked', reason, waitMs });
}

/** So long WhatsApp is given to learn that the visitor has just written. */
const DOUBT_WAIT_MS = 2_000;

/** PROTOCOLS 17: WhatsApp says that the window is closed, and our record that it is open. */
async function afterClosed(
  run: Run,
  begun: Part,
  { failureCode: code, reason }: ProviderRefusal,
): Promise<Part> {
  const { deps, chat } = run;
  const { last_inbound_at: lastInboundAt } = chat;
  const verdict = afterWindowRefusal(begun, { lastInboundAt, leftAt: begun.at });
  if (verdict === 'refute' && lastInboundAt !== null) {
    if (await refuteWindow(deps.table, chat, lastInboundAt)) {
      count('window-refuted');
      log.warn('window-refuted', { chat_id: chat.id });
      run.chat = { ...chat, refuted_inbound_at: lastInboundAt };
      return putOff(deps, begun, { code, reason, waitMs: 0, window_refuted: true });
    }
  }
  if (verdict === 'final') {
    count('part-refused-by-provider');
    return partAs('failed', deps.now(), { code, reason }, begun);
  }
  // In doubt, or the visitor has written since: the next run reads what they have done.
  return putOff(deps, begun, { code, reason, waitMs: DOUBT_WAIT_MS, window_doubted: true });
}

/** How long the provider's no holds; null: for good. */
function waitOf(
  { chance }: SendDeps,
  { begun: { attempts } }: Attempt,
  { code, next }: { code: number; next: AfterRefusal },
  retryAfterMs: number | null,
): number | null {
  if (next !== 'retry' && next !== 'retry-few') return null;
  return waitAfterRefusal({ code, next, attempts, retryAfterMs, jitter: chance() });
}

function putOff(
  { now }: SendDeps,
  begun: Part,
  {
    waitMs,
    ...facts
  }: Pick<Part, 'code' | 'reason' | 'as' | 'window_doubted' | 'window_refuted'> & {
    waitMs: number | null;
  },
): Part {
  count('part-put-off');
  return partAs('waiting', now(), { ...facts, retry_at: now() + (waitMs ?? 0) }, begun);
}
