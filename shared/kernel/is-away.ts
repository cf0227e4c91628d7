/** Refusals that pass by themselves: AWS asks to slow down, or is over a limit of the moment. */
const PASSING =
  /throttl|ThroughputExceeded|RequestLimitExceeded|OverLimit|TooManyRequests|SlowDown/i;
/** No whole answer came: the SDK gave up waiting, or its caller did. */
const NO_ANSWER = ['TimeoutError', 'AbortError', 'NetworkingError'];
/** A code of the operating system's (`ECONNRESET`), or of Node's reader of HTTP. */
const BROKEN_CONNECTION = /^(E[A-Z]+|EAI_[A-Z]+|HPE_\w+)$/;

/**
 * Whether a call to AWS failed because AWS, or the way to it, is away: then trying again later may work.
 * What AWS refuses (a wrong request, a right that is missing) and what never left because the SDK
 * could not write it is a fault of ours: the same call will fail again.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, $metadata } = error as Error & {
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  if (status >= 500 || status === 429) return true;
  if (PASSING.test(name) || NO_ANSWER.includes(name)) return true;
  return typeof code === 'string' && BROKEN_CONNECTION.test(code);
}
