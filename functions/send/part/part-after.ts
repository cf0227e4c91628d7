import type { AfterRefusal, Part } from '../../../shared/contract/delivery.ts';
import type { SendOutcome } from '../../../shared/dialog360/messages.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import { waitAfterRefusal } from '../../../shared/rules/delivery/provider-retry.ts';
import { afterWindowRefusal } from '../../../shared/rules/window/after-window-refusal.ts';
import { refuteWindow } from '../../../shared/store/chat/refute-window.ts';
import type { ProviderRefusal } from '../../../shared/whatsapp/provider-errors.ts';
import { blockChannel } from '../../chain/block-channel.ts';
import type { SendDeps } from '../deps.ts';
import { partAs } from '../open-delivery.ts';
import type { Sending } from '../sending.ts';
import type { Visit } from '../visit.ts';
import { acceptPart } from './accept-part.ts';
import type { Attempt } from './attempt-part.ts';
import { notePutOff } from './note-put-off.ts';

/** PROTOCOLS 4.4: what a part is after its request, and what else the provider's answer says. */
export async function partAfter(
  sending: Sending,
  attempt: Attempt,
  outcome: SendOutcome,
): Promise<Part> {
  const { visit } = sending;
  const { deps } = visit;
  const { begun, rendered } = attempt;
  switch (outcome.kind) {
    case 'accepted':
      return acceptPart(sending, attempt, outcome);
    case 'unknown':
      count('send-outcome-unknown');
      return begun; // stays `sending`: a status, or the next attempt, decides
    case 'not-sent':
      return putOff(deps, begun, {
        code: 'provider-unreachable',
        reason: outcome.reason,
        waitMs: waitOf(deps, begun, { code: 0, next: 'retry' }, null),
      });
    case 'refused': {
      const { refusal, retryAfterMs } = outcome;
      const { failureCode: code, reason, next } = refusal;
      if (next === 'account') return afterBlock(visit, begun, refusal, retryAfterMs);
      if (next === 'window' && rendered.needsWindow) return afterClosed(visit, begun, refusal);
      if (next === 'media' && rendered.fallback) {
        const went = { as: 'fallback', file_reason: reason } as const;
        return putOff(deps, begun, { code, reason, waitMs: 0, ...went });
      }
      const waitMs = waitOf(deps, begun, refusal, retryAfterMs);
      if (waitMs !== null) return putOff(deps, begun, { code, reason, waitMs });
      count('part-refused-by-provider');
      return partAs('failed', deps.now(), { code, reason }, begun);
    }
  }
}

/** PROTOCOLS 16: the channel is marked, so that no other reply asks in vain; this part waits as they do. */
async function afterBlock(
  { deps, channel }: Visit,
  begun: Part,
  refusal: ProviderRefusal,
  retryAfterMs: number | null,
): Promise<Part> {
  const { reason } = refusal;
  // Not worth losing the record of the refusal over: the next refusal marks the channel.
  await blockChannel(deps, channel, refusal).catch((error: unknown) =>
    log.warn('channel-not-marked', { error: String(error) }),
  );
  const waitMs = retryAfterMs ?? deps.probeIntervalMs;
  return putOff(deps, begun, { code: 'channel-blocked', reason, waitMs });
}

/** WhatsApp is given this long to learn that the visitor has just written. */
const WAIT_AFTER_DOUBT_MS = 2_000;

/** PROTOCOLS 17: WhatsApp says that the window is closed, and our record that it is open. */
async function afterClosed(
  visit: Visit,
  begun: Part,
  { failureCode: code, reason }: ProviderRefusal,
): Promise<Part> {
  const { deps, chat } = visit;
  const { last_inbound_at: lastInboundAt } = chat;
  const verdict = afterWindowRefusal(begun, { lastInboundAt, leftAt: begun.at });
  if (verdict === 'refute' && lastInboundAt !== null) {
    if (await refuteWindow(deps.table, chat, lastInboundAt)) {
      count('window-refuted');
      log.warn('window-refuted', { chat_id: chat.id });
      visit.learn({ refuted_inbound_at: lastInboundAt });
      return putOff(deps, begun, { code, reason, waitMs: 0, window_refuted: true });
    }
  }
  if (verdict === 'final') {
    count('part-refused-by-provider');
    return partAs('failed', deps.now(), { code, reason }, begun);
  }
  // In doubt, or the visitor has written since: the next visit reads what they have done.
  return putOff(deps, begun, {
    code,
    reason,
    waitMs: WAIT_AFTER_DOUBT_MS,
    window_doubted: true,
  });
}

/** How long the provider's refusal holds; null: for good. */
function waitOf(
  { chance }: SendDeps,
  { attempts }: Part,
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
  }: Pick<Part, 'code' | 'reason' | 'as' | 'file_reason' | 'window_doubted' | 'window_refuted'> & {
    waitMs: number | null;
  },
): Part {
  notePutOff(facts, waitMs ?? 0);
  return partAs('waiting', now(), { ...facts, retry_at: now() + (waitMs ?? 0) }, begun);
}
