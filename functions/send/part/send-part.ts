import type { Part } from '../../../shared/contract/delivery.ts';
import type { Account } from '../../../shared/dialog360/hosts.ts';
import { log } from '../../../shared/kernel/log.ts';
import { callPassage } from '../../../shared/rules/channel/call-passage.ts';
import { overtakesMenu } from '../../../shared/rules/chat/overtakes-menu.ts';
import { keepPace } from '../../../shared/rules/delivery/pair-limit.ts';
import { endOf, keepNames } from '../../../shared/store/chat/keep-names.ts';
import { noteSending } from '../../../shared/store/chat/note-sending.ts';
import { expiry } from '../../../shared/store/keys.ts';
import type { RenderedPart } from '../../../shared/whatsapp/outbound/rendering.ts';
import { partAs } from '../open-delivery.ts';
import type { Plan, Sending } from '../sending.ts';
import { type Attempt, attemptPart, REQUEST_TIMEOUT_MS } from './attempt-part.ts';
import { notePutOff } from './note-put-off.ts';
import { partAfter } from './part-after.ts';
import { uploadFile } from './upload-file.ts';

/** An invocation sends no longer than this: its timeout (infra/functions.ts), less what recording takes. */
const LONGEST_SENDING_MS = 57_000;
/** The longest that fetching and uploading a part's file takes, before its request. */
const LONGEST_UPLOAD_MS = 42_000;

/**
 * Whether another part can be tried in what is left of this invocation: one that is stopped in the
 * middle of a request leaves an unknown outcome.
 */
export function hasTimeFor({ visit, plan }: Sending, index: number): boolean {
  const { deps, startedAt, hasSent } = visit;
  const needsMs = REQUEST_TIMEOUT_MS + (plan.parts[index]?.file ? LONGEST_UPLOAD_MS : 0);
  return !hasSent || deps.now() - startedAt + needsMs <= LONGEST_SENDING_MS;
}

/**
 * PROTOCOLS 4.2 to 4.4: one part, recorded as begun before its request leaves. Or how long it must wait
 * first, because the provider fails or other channels need the function (PROTOCOLS 22).
 */
export async function sendPart(
  sending: Sending,
  index: number,
): Promise<'tried' | { waitMs: number }> {
  const { visit, plan, delivery } = sending;
  const { now, gate } = visit.deps;
  const before = delivery.state.parts[index];
  const rendered = renderedPart(plan, index, before?.as);
  // The options may have changed since the delivery was opened, and with them the number of parts.
  if (!rendered) {
    const reason = 'The channel was changed while this reply was being sent.';
    delivery.set(index, partAs('failed', now(), { code: 'outcome-unknown', reason }, before));
    return 'tried';
  }
  const account = await visit.account();
  // No file is fetched, and no place among the calls of a provider in trouble used up, for a reply that has
  // gone.
  const passage = callPassage(visit.channel, 'provider', now());
  const isPlain = passage.kind === 'call' && !passage.needsSlot;
  if ((rendered.file || !isPlain) && !(await delivery.isUpToDate())) return 'tried';
  const timeoutMs = REQUEST_TIMEOUT_MS + (rendered.file ? LONGEST_UPLOAD_MS : 0);
  const end = await gate.call(
    { channel: visit.channel, side: 'provider', timeoutMs },
    async (signal, over) => ({
      value: null,
      failed: await tryPart(sending, account, { index, rendered }, { signal, over }),
    }),
  );
  return typeof end !== 'string' && 'waitMs' in end ? end : 'tried';
}

/**
 * Uploads what is to be uploaded, records the part as begun and sends it. Whether the provider failed;
 * null: it was not asked to send.
 */
async function tryPart(
  sending: Sending,
  account: Account,
  { index, rendered }: Pick<Attempt, 'index' | 'rendered'>,
  { signal, over }: { signal: AbortSignal; over: () => void },
): Promise<boolean | null> {
  const { visit, delivery } = sending;
  const { now } = visit.deps;
  const before = delivery.state.parts[index];
  // Whatever may fail or take its time comes first: `sending` must mean that the request leaves now.
  const ready = await uploadFile(visit, account, rendered, signal);
  if (signal.aborted) return null;
  if ('waitMs' in ready) {
    delivery.set(index, afterTooManyUploads(now(), ready.waitMs, before));
    return null;
  }
  const begun = partAs(
    'sending',
    now(),
    {
      attempts: (before?.attempts ?? 0) + 1,
      ...(before?.status === 'sending' && { unknowns: (before.unknowns ?? 0) + 1 }),
      ...((rendered.fallback || rendered.file) && { has_fallback: true as const }),
      // Now already: a status may be faster than the record of the acceptance.
      ...(ready.notes.length > 0 && { notes: ready.notes }),
      ...(rendered.file && { file_reason: ready.fileReason ?? null }),
    },
    before,
  );
  delivery.set(index, begun);
  // Before the message is counted in the pace: an earlier invocation may have got further than this one knows.
  if (!(await delivery.flush())) return null;
  await leaveTraces(sending);
  visit.beginRequest();
  const attempt = { index, begun, rendered: ready };
  const outcome = await attemptPart(sending, account, attempt, signal);
  over();
  const after = await partAfter(sending, attempt, outcome);
  if (after !== begun) delivery.set(index, after);
  else if (signal.aborted && !begun.ended) {
    delivery.set(index, { ...begun, ended: true, unknowns: (begun.unknowns ?? 0) - 1 });
  }
  return outcome.failed;
}

/** PROTOCOLS 23.4: nothing has left, so this is no attempt. */
function afterTooManyUploads(now: number, waitMs: number, before: Part | undefined): Part {
  const code = 'provider-429';
  const reason = '360dialog takes 25 uploads a second of one number.';
  notePutOff({ code, reason }, waitMs);
  return partAs('waiting', now, { code, reason, retry_at: now + waitMs }, before);
}

/** PROTOCOLS 10.1. The message leaves also when this cannot be written. */
async function leaveTraces({ visit, job }: Sending): Promise<void> {
  const { deps, channel, chat } = visit;
  const days = channel.options.forget_after_days;
  const next = keepPace(chat.pace_at, deps.now(), deps.pace);
  const traces = {
    ...('paceAt' in next && { pace_at: next.paceAt }),
    ...(chat.menu && overtakesMenu(job, chat.menu) && { menu: { ...chat.menu, overtaken: true } }),
  };
  visit.learn(traces);
  try {
    // PROTOCOLS 27.5: the names first, so that none ends before the row.
    const end = endOf(chat, days ? expiry(deps.now(), days).expires_at : undefined);
    visit.learn(await keepNames(deps.table, chat, end));
    await noteSending(deps.table, chat, {
      ...traces,
      ...(end !== undefined && { expires_at: end }),
    });
  } catch (error) {
    log.warn('sending-not-noted', { error: String(error) });
  }
}

/** The part as it was planned, or its fallback, which has none of its own. */
export function renderedPart(
  { parts }: Plan,
  index: number,
  as: 'fallback' | undefined,
): RenderedPart | undefined {
  const planned = parts[index];
  return planned && as ? { ...(planned.fallback ?? planned), file: null, fallback: null } : planned;
}
