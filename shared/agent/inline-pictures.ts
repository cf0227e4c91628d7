import { isLoopbackHost } from '../kernel/addresses.ts';
import { exchange, type Reach } from '../kernel/http.ts';
import type { AskedEvent } from './wire/kind.ts';
import { picturesOf } from './wire/pictures.ts';

/** The most that models take of one picture (docs/agents/anthropic.md). */
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * The pictures of a turn whose address leads to this machine, as `data:` addresses: on the local runtime no
 * model could fetch them. In the cloud there are none. A picture that cannot be fetched stays an address.
 */
export async function inlinePictures(
  event: AskedEvent,
  { reach, signal }: { reach: Reach; signal?: AbortSignal | undefined },
  timeoutMs: number,
): Promise<Map<string, string>> {
  const inlined = new Map<string, string>();
  for (const { url, mime } of picturesOf(event)) {
    if (!isLoopbackHost(new URL(url).hostname)) continue;
    const limits = { timeoutMs, maxBytes: MAX_BYTES, reach, signal };
    const outcome = await exchange({ method: 'GET', url, ...limits });
    if (outcome.kind === 'answered' && outcome.status === 200) {
      inlined.set(url, `data:${mime};base64,${outcome.body.toString('base64')}`);
    }
  }
  return inlined;
}
