import type { MissedMedia } from '../../shared/dialog360/download-media.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import {
  breakerWaitMs,
  type MediaMisses,
  type MissedFile,
  outlivedMisses,
  periodOf,
} from '../../shared/rules/media/media-breaker.ts';
import { noteMediaMiss } from '../../shared/store/channel/media-misses.ts';
import type { FileDeps } from './file-deps.ts';
import { breakerOpen, failureOfFile } from './miss-failures.ts';

interface MissHere {
  channelId: string;
  mediaId: string;
  /** As they were read before 360dialog was asked. */
  misses: MediaMisses;
  missed: MissedMedia;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** What each end means for the file, and for how long the provider is not asked for it again. */
const ENDS: Partial<Record<MissedMedia['why'], { code: MissedFile['code']; restMs: number }>> = {
  gone: { code: 'media-gone', restMs: 60 * MINUTE },
  refused: { code: 'media-refused', restMs: 5 * MINUTE },
  unreadable: { code: 'media-refused', restMs: 5 * MINUTE },
  unavailable: { code: 'media-unavailable', restMs: 30 * SECOND },
};

/** How long the provider blocks, where it does not say (docs/360dialog.md#media). */
const BLOCK_MS = 30 * MINUTE;

/** PROTOCOLS 23.3. Returns what the caller is to be told. */
export async function noteMiss(deps: FileDeps, here: MissHere): Promise<Failure> {
  const { channelId, mediaId, missed } = here;
  const now = deps.now();
  const { why, reason, errors, retryAfterMs } = missed;
  const end = ENDS[why];
  const file = end
    ? { id: mediaId, code: end.code, until: now + Math.max(end.restMs, retryAfterMs ?? 0) }
    : null;
  const blockedUntil = why === 'too-busy' ? now + (retryAfterMs ?? BLOCK_MS) : null;
  count('media-missed');
  log.warn('media-missed', { channel_id: channelId, why, reason, errors });
  await remember(deps, here, { file, blockedUntil }).catch((error: unknown) =>
    log.warn('media-miss-not-noted', { error: String(error) }),
  );
  if (file) return failureOfFile(file, now, reason);
  if (blockedUntil !== null) return breakerOpen(blockedUntil - now);
  return new Failure('range-invalid', {
    detail: 'The file ends before this range begins.',
    headers: { ...(missed.contentRange && { 'content-range': missed.contentRange }) },
  });
}

async function remember(
  { table, breaker, now }: FileDeps,
  { channelId, misses, missed }: MissHere,
  noted: { file: (MissedFile & { id: string }) | null; blockedUntil: number | null },
): Promise<void> {
  const after = await noteMediaMiss(
    table,
    channelId,
    {
      ...noted,
      period: periodOf(now(), breaker),
      errors: missed.errors,
      outlived: outlivedMisses(misses, now(), breaker),
    },
    now(),
  );
  const waitMs = breakerWaitMs(after, now(), breaker);
  if (waitMs === 0 || breakerWaitMs(misses, now(), breaker) > 0) return;
  count('media-breaker-open');
  log.warn('media-breaker-open', { channel_id: channelId, wait_ms: waitMs });
}
