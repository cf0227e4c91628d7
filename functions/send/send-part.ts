import { log } from '../../shared/kernel/log.ts';
import { takeSlot } from '../../shared/rules/delivery/pair-limit.ts';
import { noteSending } from '../../shared/store/chat/note-sending.ts';
import type { RenderedPart } from '../../shared/whatsapp/outbound/rendering.ts';
import { accountOf } from './account-of.ts';
import { attemptPart } from './attempt-part.ts';
import { type Ledger, partAs } from './ledger.ts';
import { isOvertaking } from './note-menu.ts';
import type { Plan } from './plan-reply.ts';
import { uploadFile } from './upload-file.ts';
import type { Run } from './visit.ts';

/** The function's own time (infra/functions.ts), less what recording takes. */
const RUN_MS = 57_000;
/** The longest an attempt takes: the request, and before it a file that is fetched and uploaded. */
const REQUEST_MS = 15_000;
const FILE_MS = 40_000;

/**
 * Whether another part can be tried in what is left of this run: a function that is stopped in the
 * middle of a request leaves an outcome nobody knows.
 */
export function hasTimeFor({ deps, plan, startedAt, hasSent }: Run, index: number): boolean {
  const needsMs = REQUEST_MS + (plan.parts[index]?.file ? FILE_MS : 0);
  return !hasSent || deps.now() - startedAt + needsMs <= RUN_MS;
}

/** PROTOCOLS 4.2 to 4.4: one part, begun in the ledger before its request leaves. */
export async function sendPart(run: Run, ledger: Ledger, index: number): Promise<void> {
  const { deps, plan } = run;
  const before = ledger.delivery.parts[index];
  const rendered = renderedPart(plan, index, before?.as);
  // The options may have changed since the ledger was opened, and with them the number of parts.
  if (!rendered) {
    const reason = 'The channel was changed while this reply was being sent.';
    ledger.set(index, partAs('failed', deps.now(), { code: 'outcome-unknown', reason }, before));
    return;
  }
  // Whatever may fail or take its time comes first: `sending` must mean that the request leaves now.
  const account = await accountOf(run);
  if (rendered.file && !(await ledger.isCurrent())) return; // not for a job that only looks
  const ready = await uploadFile(account, rendered, deps.reach);
  const begun = partAs(
    'sending',
    deps.now(),
    {
      attempts: (before?.attempts ?? 0) + 1,
      ...(before?.status === 'sending' && { unknowns: (before.unknowns ?? 0) + 1 }),
      ...((rendered.fallback || rendered.file) && { has_fallback: true as const }),
      // Now already: a status may be faster than the record of the acceptance.
      ...(ready.notes.length > 0 && { notes: ready.notes }),
    },
    before,
  );
  ledger.set(index, begun);
  // First, because a slot is taken once: an earlier run may have got further than this one knows.
  if (!(await ledger.flush())) return;
  await leaveTraces(run);
  run.hasSent = true;
  const { delivery } = ledger;
  const after = await attemptPart(run, account, { delivery, index, begun, rendered: ready });
  if (after !== begun) ledger.set(index, after);
}

/** PROTOCOLS 10.1. Nothing is worth less than the message, which is about to leave. */
async function leaveTraces(run: Run): Promise<void> {
  const { deps, chat } = run;
  const slot = takeSlot(chat.pace_at, deps.now(), deps.pace);
  const traces = {
    ...('paceAt' in slot && { pace_at: slot.paceAt }),
    ...(chat.menu && isOvertaking(run, chat.menu) && { menu: { ...chat.menu, overtaken: true } }),
  };
  run.chat = { ...chat, ...traces };
  await noteSending(deps.table, chat, traces).catch((error: unknown) =>
    log.warn('sending-not-noted', { error: String(error) }),
  );
}

/** The part as it was planned, or its way out, which has none of its own. */
function renderedPart(
  { parts }: Plan,
  index: number,
  as: 'fallback' | undefined,
): RenderedPart | undefined {
  const planned = parts[index];
  return planned && as ? { ...(planned.fallback ?? planned), file: null, fallback: null } : planned;
}
