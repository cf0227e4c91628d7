import type { HttpAnswer } from './serve.ts';

/** A refusal of the runtime's own, in the form of the product's endpoints (RFC 9457). */
export const problemAnswer = (status: number, code: string, detail: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', title: code, status, code, detail }),
});
