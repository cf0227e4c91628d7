/** Where the provider posts what happens at a number. */
export interface WebhookRegistration {
  url: string;
  headers: Record<string, string>;
}

/** The provider's own limit for an answer (docs/360dialog.md#answering-webhooks). */
const TIMEOUT_MS = 5_000;
/** 360dialog goes on for seven days; three quarters of a minute are enough here. */
const RETRY_AFTER_MS = [200, 1_000, 3_000, 10_000, 30_000];

/**
 * Posts a body until it is answered with exactly 200. Resolves to the last status, 0 when there was
 * no answer. `signal` ends it early.
 */
export async function postToWebhook(
  { url, headers }: WebhookRegistration,
  body: object,
  signal: AbortSignal,
): Promise<number> {
  for (const wait of [...RETRY_AFTER_MS, null]) {
    const status = await post(url, headers, JSON.stringify(body), signal);
    if (status === 200 || wait === null || signal.aborted) return status;
    await pause(wait, signal);
  }
  return 0;
}

/** Posts once. Resolves to the status, 0 when there was no answer. */
export async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'python-httpx/0.28',
        ...headers,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Waits, until `signal` is aborted at the latest. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
