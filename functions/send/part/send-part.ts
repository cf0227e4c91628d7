import { log } from '../../../shared/kernel/log.ts';
import { overtakesMenu } from '../../../shared/rules/chat/overtakes-menu.ts';
import { keepPace } from '../../../shared/rules/delivery/pair-limit.ts';
import { noteSending } from '../../../shared/store/chat/note-sending.ts';
import type { RenderedPart } from '../../../shared/whatsapp/outbound/rendering.ts';
import { partAs } from '../open-delivery.ts';
import type { Plan, Sending } from '../sending.ts';
import { attemptPart, REQUEST_TIMEOUT_MS } from './attempt-part.ts';
import { partAfter } from './part-after.ts';
import { uploadFile } from './upload-file.ts';

/** An invocation sends no longer than this: its timeout (infra/functions.ts), less what recording takes. */
const LONGEST_SENDING_MS = 57_000;
/** The longest that fetching and uploading a part's file takes, before its request. */
const LONGEST_UPLOAD_MS = 40_000;

/**
 * Whether another part can be tried in what is left of this invocation: one that is stopped in the
 * middle of a request leaves an unknown outcome.
 */
export function hasTimeFor({ visit, plan }: Sending, index: number): boolean {
  const { deps, startedAt, hasSent } = visit;
  const needsMs = REQUEST_TIMEOUT_MS + (plan.parts[index]?.file ? LONGEST_UPLOAD_MS : 0);
  return !hasSent || deps.now() - startedAt + needsMs <= LONGEST_SENDING_MS;
}

/** PROTOCOLS 4.2 to 4.4: one part, recorded as begun before its request leaves. */
export async function sendPart(sending: Sending, index: number): Promise<void> {
  const { visit, plan, delivery } = sending;
  const { now, reach } = visit.deps;
  const before = delivery.state.parts[index];
  const rendered = renderedPart(plan, index, before?.as);
  // The options may have changed since the delivery was opened, and with them the number of parts.
  if (!rendered) {
    const reason = 'The channel was changed while this reply was being sent.';
    delivery.set(index, partAs('failed', now(), { code: 'outcome-unknown', reason }, before));
    return;
  }
  // Whatever may fail or take its time comes first: `sending` must mean that the request leaves now.
  const account = await visit.account();
  if (rendered.file && !(await delivery.isUpToDate())) return; // no file for a reply that has gone
  const ready = await uploadFile(account, rendered, reach);
  const begun = partAs(
    'sending',
    now(),
    {
      attempts: (before?.attempts ?? 0) + 1,
      ...(before?.status === 'sending' && { unknowns: (before.unknowns ?? 0) + 1 }),
      ...((rendered.fallback || rendered.file) && { has_fallback: true as const }),
      // Now already: a status may be faster than the record of the acceptance.
      ...(ready.notes.length > 0 && { notes: ready.notes }),
    },
    before,
  );
  delivery.set(index, begun);
  // Before the message is counted in the pace: an earlier invocation may have got further than this one knows.
  if (!(await delivery.flush())) return;
  await leaveTraces(sending);
  visit.beginRequest();
  const attempt = { index, begun, rendered: ready };
  const outcome = await attemptPart(sending, account, attempt);
  const after = await partAfter(sending, attempt, outcome);
  if (after !== begun) delivery.set(index, after);
}

/** PROTOCOLS 10.1. The message leaves also when this cannot be written. */
async function leaveTraces({ visit, job }: Sending): Promise<void> {
  const { deps, chat } = visit;
  const next = keepPace(chat.pace_at, deps.now(), deps.pace);
  const traces = {
    ...('paceAt' in next && { pace_at: next.paceAt }),
    ...(chat.menu && overtakesMenu(job, chat.menu) && { menu: { ...chat.menu, overtaken: true } }),
  };
  visit.learn(traces);
  await noteSending(deps.table, chat, traces).catch((error: unknown) =>
    log.warn('sending-not-noted', { error: String(error) }),
  );
}

/** The part as it was planned, or its fallback, which has none of its own. */
function renderedPart(
  { parts }: Plan,
  index: number,
  as: 'fallback' | undefined,
): RenderedPart | undefined {
  const planned = parts[index];
  return planned && as ? { ...(planned.fallback ?? planned), file: null, fallback: null } : planned;
}
