import { takeUploadSlot } from '../../../shared/store/channel/upload-slots.ts';
import type { SendDeps } from '../deps.ts';

/** Slots come back every 50 ms: a short wait costs less than fetching the file once more. */
const LONGEST_PAUSE_MS = 1_000;

/**
 * PROTOCOLS 23.4: waits a little until a file of the channel may be uploaded. Returns 0 once it may, or
 * how long the part must be put off.
 */
export async function waitForUpload(
  { table, now, pause }: Pick<SendDeps, 'table' | 'now' | 'pause'>,
  channelId: string,
): Promise<number> {
  const until = now() + LONGEST_PAUSE_MS;
  for (;;) {
    const waitMs = await takeUploadSlot(table, channelId, now());
    if (waitMs === 0 || now() + waitMs > until) return waitMs;
    await pause(waitMs);
  }
}
