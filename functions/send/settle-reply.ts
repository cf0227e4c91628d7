import { whyClosed } from '../../shared/rules/delivery/route-reply.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { Ledger } from './ledger.ts';
import { parkReply } from './park-reply.ts';
import { sendFallback } from './send-fallback.ts';
import { stopParts } from './stop-parts.ts';
import { walk } from './take-steps.ts';
import type { Run } from './visit.ts';

/** `judge-again`: the chat is another than it was when this began, and `run.chat` says how. */
export type Settled = JobEnd | 'parked' | 'judge-again';

/** Sends a reply, or what goes in its place, until it has ended, waits or is parked. */
export async function settleReply(run: Run, ledger: Ledger): Promise<Settled> {
  for (;;) {
    const end = await walk(run, ledger);
    if (end === 'done' || 'waitMs' in end) return end;
    const next =
      end.kind === 'park'
        ? await parkReply(run, ledger, end)
        : await replaceReply(run, ledger, end.index);
    if (next !== 'go-on') return next;
  }
}

/** PROTOCOLS 19: the channel's fallback template goes, and the reply ends. */
async function replaceReply(run: Run, ledger: Ledger, index: number): Promise<JobEnd | 'go-on'> {
  const { deps, chat } = run;
  const fallback = await sendFallback(run, ledger, { index, policy: 'template' });
  if (fallback.kind === 'waits') return fallback.end;
  const because = whyClosed(chat);
  if (fallback.kind === 'sent') {
    stopParts(deps, ledger, { index, status: 'refused', code: 'window-closed', reason: because });
  }
  if (fallback.kind === 'failed') {
    const reason = `${because} The channel’s fallback template did not go: ${fallback.reason}`;
    stopParts(deps, ledger, { index, status: 'refused', code: 'fallback-template-failed', reason });
  }
  return 'go-on';
}
