import type { HttpAnswer } from '../http/serve.ts';

/**
 * An endpoint's refusal as a person at the terminal reads it: the code and the reason that the caller got.
 * Null for every other answer. The functions' log holds the code alone, because a reason may name what a
 * caller wrote.
 */
export function refusalLine(endpoint: string, answer: HttpAnswer): string | null {
  if (typeof answer === 'string' || answer.status < 400 || answer.status >= 500) return null;
  const { headers, body } = answer;
  if (headers?.['content-type'] !== 'application/problem+json') return null;
  const { code, detail, errors = [] }: Problem = JSON.parse(String(body));
  const faults = errors.map((fault) => [fault.path, fault.detail].filter(Boolean).join(': '));
  const reason = [detail, faults.join('; ')].filter(Boolean).join(' ');
  return `${endpoint} refused: ${code}: ${reason}`;
}

interface Problem {
  code: string;
  detail: string;
  errors?: { path: string; detail: string }[];
}
