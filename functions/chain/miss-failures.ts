import { Failure } from '../../shared/kernel/failure.ts';
import type { MissedFile } from '../../shared/rules/media/media-breaker.ts';

/** What the caller can do. */
const CURES: Record<MissedFile['code'], string> = {
  'media-gone':
    '360dialog has no such file any more: it keeps what visitors send for 7 days. Ask the visitor to send it again.',
  'media-refused':
    '360dialog refuses the channel, or answers something that is not the file. The check of the channel says more.',
  'media-unavailable': 'Try again after the seconds that Retry-After names.',
};

/** What the caller is told of a file. `reason` is the provider's, when it was asked just now. */
export function failureOfFile({ code, until }: MissedFile, now: number, reason?: string): Failure {
  const said = reason === undefined ? '' : `360dialog: ${reason}. `;
  return new Failure(code, {
    what: 'media',
    ...(reason !== undefined && { reason }),
    detail: said + CURES[code],
    ...(code !== 'media-gone' && { retryAfterSeconds: secondsUntil(until - now) }),
  });
}

/** No file of the channel is asked for: 360dialog would block all of them, or has said so itself. */
export const breakerOpen = (waitMs: number): Failure =>
  new Failure('media-unavailable', {
    what: 'media-breaker',
    detail: `No file of this channel is fetched for a while: too many could not be had, or 360dialog asked us to wait. ${CURES['media-unavailable']}`,
    retryAfterSeconds: secondsUntil(waitMs),
  });

const secondsUntil = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
