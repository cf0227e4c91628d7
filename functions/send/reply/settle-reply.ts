import { whyClosed } from '../../../shared/rules/delivery/route-reply.ts';
import type { JobEnd } from '../../chain/queue.ts';
import { stopParts } from '../part/stop-parts.ts';
import type { Sending } from '../sending.ts';
import { parkReply } from './park-reply.ts';
import { sendFallback } from './send-fallback.ts';
import { takeSteps } from './take-steps.ts';

/** `judge-again`: the chat is another than it was when this began, and `visit.chat` says how. */
export type Settled = JobEnd | 'parked' | 'judge-again';

/** Sends a reply, or what goes in its place, until it has ended, waits or is parked. */
export async function settleReply(sending: Sending): Promise<Settled> {
  for (;;) {
    const end = await takeSteps(sending);
    if (end === 'done' || 'waitMs' in end) return end;
    const next =
      end.kind === 'park' ? await parkReply(sending, end) : await replaceReply(sending, end.index);
    if (next !== 'go-on') return next;
  }
}

/** PROTOCOLS 19: the channel's fallback template goes, and the reply ends. */
async function replaceReply(sending: Sending, index: number): Promise<JobEnd | 'go-on'> {
  const because = whyClosed(sending.visit.chat);
  const fallback = await sendFallback(sending, { index, policy: 'template' });
  if (fallback.kind === 'waits') return fallback.end;
  if (fallback.kind === 'sent') {
    stopParts(sending, { index, status: 'refused', code: 'window-closed', reason: because });
  }
  if (fallback.kind === 'failed') {
    const reason = `${because} The channel’s fallback template did not go: ${fallback.reason}`;
    stopParts(sending, { index, status: 'refused', code: 'fallback-template-failed', reason });
  }
  return 'go-on';
}
