import type { Finding } from '../../../../shared/kernel/failure.ts';
import type { HttpAnswer } from '../../http/serve.ts';
import { EXAMPLES } from './play-examples.ts';

/** Indented, because people read it at a terminal. */
export const readable = (value: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(value, null, 2)}\n`,
});

/** A refusal (RFC 9457), indented too. */
export const refusal = (status: number, detail: string, more: object = {}): HttpAnswer => {
  const code = 'request-invalid';
  const problem = { type: 'about:blank', title: code, status, code, detail, ...more };
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: `${JSON.stringify(problem, null, 2)}\n`,
  };
};

/** The refusal of what could not be read: each fault by its path, and what would go. */
export function notRead(errors: Finding[], url: string, example = exampleFor(errors)): HttpAnswer {
  const faults = errors.map(({ path, detail }) => `${path || 'body'} ${detail}`);
  return refusal(422, `${faults.join('; ')}.`, {
    errors,
    example,
    all_that_can_be_played: `curl ${url}/play`,
  });
}

/** An example of what was tried: a path begins with its name. */
function exampleFor([first]: Finding[]): object {
  const [name = ''] = first?.path.split('.') ?? [];
  return Object.entries(EXAMPLES).find(([known]) => known === name)?.[1] ?? EXAMPLES.text;
}
