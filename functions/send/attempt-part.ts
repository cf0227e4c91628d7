import type { AfterRefusal, Delivery, Part } from '../../shared/contract/delivery.ts';
import type { Account } from '../../shared/dialog360/hosts.ts';
import { type SendOutcome, sendMessage } from '../../shared/dialog360/messages.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { callbackData, generationOf } from '../../shared/rules/callback-data.ts';
import { waitAfterRefusal } from '../../shared/rules/provider-retry.ts';
import type { RenderedPart } from '../../shared/whatsapp/outbound/rendering.ts';
import { acceptPart } from './accept-part.ts';
import type { SendDeps } from './deps.ts';
import { partAs } from './ledger.ts';
import type { Run } from './run.ts';

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
  const name = { replyId: delivery.reply_id, part: index, generation: generationOf(begun) };
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
      const { failureCode, reason, next } = refusal;
      const code = next === 'account' ? 'channel-blocked' : failureCode;
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
  { waitMs, ...facts }: { code: string; reason: string; waitMs: number | null; as?: 'fallback' },
): Part {
  count('part-put-off');
  return partAs('waiting', now(), { ...facts, retry_at: now() + (waitMs ?? 0) }, begun);
}
