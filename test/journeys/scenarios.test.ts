import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { bundlesIn } from '../../infra/local/lambda/build-bundles.ts';
import type { Replayed } from '../../infra/local/scenarios/replayed.ts';
import { startRuntime, type TestRuntime } from '../support/runtime.ts';

/** A file that the page has saved and that is put here is replayed from then on. */
const FOLDER = join(import.meta.dirname, '../scenarios');
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }))
  .map(({ name, text }) => ({ name, text, title: (JSON.parse(text) as { title: string }).title }));

let runtime: TestRuntime;
beforeAll(async () => {
  const bundles = bundlesIn(inject('bundles'));
  runtime = await startRuntime({ demo: true, inspect: true, bundles, tuning: { statusGapMs: 5 } });
});
afterAll(() => runtime.stop());

const replay = async (text: string) => {
  const answer = await fetch(`${runtime.url}/sandbox/scenarios`, { method: 'POST', body: text });
  return { status: answer.status, body: (await answer.json()) as Replayed & { detail: string } };
};

test.each(files)('$name: $title', async ({ text }) => {
  const { status, body } = await replay(text);
  expect(status).toBe(200);
  expect(body.seen).toEqual((JSON.parse(text) as { seen: unknown }).seen);
  expect(body).toMatchObject({ same: true, differences: [] });
});

test('what came out differently is told by its place', async () => {
  const [first] = files;
  const scenario = JSON.parse(first?.text ?? '') as Record<string, unknown>;
  const steps = [{ visitor: { text: 'two' } }];
  const seen = [
    { reply: 'This is the first message.', became: 'read' },
    { note: 'parked' },
    { note: 'x' },
  ];
  const { body } = await replay(JSON.stringify({ ...scenario, steps, seen }));
  const second = { reply: 'And this is the second.', became: 'read' };
  expect(body).toMatchObject({
    same: false,
    differences: [
      { at: 2, wanted: { note: 'parked' }, came: second },
      { at: 3, wanted: { note: 'x' }, came: null },
    ],
  });
});

// biome-ignore format: a table reads by column
const faulty = [
  { what: 'no steps',               change: { steps: [] },                                     says: /^steps / },
  { what: 'a step of two things',   change: { steps: [{ off: 'agent-down', pass: {} }] },      says: /one of visitor, pass, fault and off/ },
  { what: 'another version',        change: { scenario: 2 },                                   says: /^scenario / },
  { what: 'a tap on nothing',       change: { steps: [{ visitor: { tap: 'Yes' } }] },          says: /cannot be played: tap must be the id or the label/ },
];

test.each(faulty)('a file with $what is refused in words', async ({ change, says }) => {
  const file = { scenario: 1, title: 'Faulty', steps: [{ visitor: { text: 'two' } }], seen: [] };
  const { status, body } = await replay(JSON.stringify({ ...file, ...change }));
  expect(status).toBe(422);
  expect(body.detail).toMatch(says);
});

test('what a visitor did is saved as a file that comes out the same', async () => {
  const { url } = runtime;
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${url}/sandbox${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return answer.json();
  };
  const play = (text: object) =>
    post('/360dialog/play?wait=0', { from: '+49 170 5550001', ...text });
  await play({ text: 'list' });
  await runtime.idle();
  await post('/clock', { minutes: 90 });
  await post('/faults', { fault: 'provider-500' });
  await play({ tap: 'picture' });
  await runtime.idle();
  const { messages } = (await (
    await fetch(`${url}/sandbox/360dialog/chats/491705550001`)
  ).json()) as { messages: { message_id: string }[] };
  await play({ reaction: { to: messages[1]?.message_id, emoji: '👍' } });
  await play({ text: 'two', quote: messages[1]?.message_id });
  await runtime.idle();

  const token = runtime.demo?.token ?? '';
  const saved = await fetch(`${url}/sandbox/scenarios/491705550001?token=${token}&title=My%20day`);
  const namedBy = (answer: Response) => answer.headers.get('content-disposition');
  expect(namedBy(saved)).toBe(`attachment; filename="my-day.json"; filename*=UTF-8''my-day.json`);
  const title = encodeURIComponent('Мой день');
  const named = await fetch(`${url}/sandbox/scenarios/491705550001?token=${token}&title=${title}`);
  expect(namedBy(named)).toBe(
    `attachment; filename="scenario.json"; filename*=UTF-8''${encodeURIComponent('мой-день')}.json`,
  );
  const text = await saved.text();
  expect(JSON.parse(text)).toMatchObject({
    title: 'My day',
    steps: [
      { visitor: { text: 'list' } },
      { pass: { minutes: 90 } },
      { fault: 'provider-500', times: 1 },
      { visitor: { tap: 'picture' } },
      { visitor: { reaction: { to: 'reply-1', emoji: '👍' } } },
      { visitor: { text: 'two', quote: 'reply-1' } },
    ],
  });
  expect(text).not.toContain('5550001');
  expect(text).not.toContain(token);
  expect((await replay(text)).body).toMatchObject({ same: true });
});
