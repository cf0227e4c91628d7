import type { Part } from '../../../shared/contract/delivery.ts';
import type { Account } from '../../../shared/dialog360/hosts.ts';
import { type SendOutcome, sendMessage } from '../../../shared/dialog360/messages.ts';
import { log } from '../../../shared/kernel/log.ts';
import { callbackData, roundOf } from '../../../shared/rules/delivery/callback-data.ts';
import { traceOf } from '../../../shared/rules/delivery/trace-of.ts';
import type { RenderedPart } from '../../../shared/whatsapp/outbound/rendering.ts';
import type { Sending } from '../sending.ts';

/** A request that hangs longer than this may have been carried out: its outcome is unknown. */
export const REQUEST_TIMEOUT_MS = 15_000;

export interface Attempt {
  index: number;
  /** As its delivery has it: `sending`, this attempt counted. */
  begun: Part;
  rendered: RenderedPart;
}

/** PROTOCOLS 4.3: one request for one part. */
export async function attemptPart(
  { visit, delivery }: Sending,
  account: Account,
  { index, begun, rendered }: Attempt,
  signal: AbortSignal,
): Promise<SendOutcome & { failed: boolean }> {
  const { reach, now } = visit.deps;
  const name = { replyId: delivery.state.reply_id, part: index, round: roundOf(begun) };
  const message =
    account.hosting === 'on-premise'
      ? rendered.body // the old API refuses fields it does not know
      : {
          ...rendered.body,
          biz_opaque_callback_data: callbackData(name, traceOf(delivery.state)),
        };
  const startedAt = now();
  const outcome = await sendMessage(account, message, {
    reach,
    timeoutMs: REQUEST_TIMEOUT_MS,
    signal,
  });
  log.info('part-attempted', {
    part: index,
    attempt: begun.attempts,
    result: outcome.kind,
    took_ms: now() - startedAt,
    ...(outcome.kind === 'refused' && { code: outcome.refusal.code, next: outcome.refusal.next }),
  });
  return outcome;
}
