import { expect, test } from 'vitest';
import { listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { json, serve } from '../../../infra/local/http/serve.ts';
import { takePort } from '../../../infra/local/take-port.ts';

const PROGRAMS = [
  {
    what: 'another runtime',
    answer: json(200, { status: 'ok' }),
    says: /by another npm start\. Stop that one/,
  },
  {
    what: 'another server',
    answer: json(404, { message: 'Not Found' }),
    says: /by another program\. Choose/,
  },
  { what: 'a program that does not answer', answer: 'reset', says: /by another program\. Choose/ },
] as const;

test.each(PROGRAMS)('a port that $what has is told to be taken by it', async ({ answer, says }) => {
  const other = await listenOnLoopback(serve(() => answer));
  await expect(takePort(() => {}, other.port)).rejects.toMatchObject({
    facts: { detail: expect.stringMatching(says) },
  });
  await other.close();
});
