import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { Failure } from '../../../shared/kernel/failure.ts';
import { parse, read } from '../../../shared/kernel/parse.ts';

const schema = z.object({
  title: z.string({ error: 'must be text' }),
  agent: z.object({ url: z.string(), timeouts: z._default(z.array(z.number()), []) }),
});

test('what fits is read, defaults filled in and the unknown left out', () => {
  expect(read(schema, { title: 'T', agent: { url: 'u' }, more: 1 })).toEqual({
    ok: true,
    value: { title: 'T', agent: { url: 'u', timeouts: [] } },
  });
});

test('every fault is found, each with its path and a sentence', () => {
  const outcome = read(schema, { title: 7, agent: { timeouts: [1, 'x'] } });
  expect(outcome).toEqual({
    ok: false,
    errors: [
      { path: 'title', detail: 'must be text' },
      { path: 'agent.url', detail: expect.stringMatching(/./) },
      { path: 'agent.timeouts.1', detail: expect.stringMatching(/./) },
    ],
  });
});

test.each([undefined, null, 7, 'text', []])('%s as a whole is a fault of no path', (value) => {
  expect(read(schema, value)).toMatchObject({ ok: false, errors: [{ path: '' }] });
});

test('a fault never repeats what was sent', () => {
  const outcome = read(schema, { title: ['hush'], agent: 'hush' });
  expect(outcome.ok).toBe(false);
  expect(JSON.stringify(outcome)).not.toContain('hush');
});

test('a caller that can only refuse throws a failure that carries the faults', () => {
  const refused = (code?: 'reply-invalid') => {
    try {
      return parse(schema, {}, code);
    } catch (error) {
      return error as Failure;
    }
  };
  expect(refused()).toBeInstanceOf(Failure);
  expect(refused()).toMatchObject({
    code: 'request-invalid',
    facts: { errors: [{ path: 'title' }, { path: 'agent' }] },
  });
  expect(refused('reply-invalid')).toMatchObject({ code: 'reply-invalid' });
  expect(parse(schema, { title: 'T', agent: { url: 'u' } }).title).toBe('T');
});
