/** Why a `fetch` got no answer, in a word: its own message is only `fetch failed`. */
export function fetchFault(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: Error & { code?: string } };
  if (name === 'TimeoutError') return 'it takes too long';
  return cause?.code ?? cause?.message ?? message;
}
