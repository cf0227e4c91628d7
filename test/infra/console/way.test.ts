import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowsOf, statusesIn, timeScale } from '../../../infra/console/inspector/way.ts';
import type { Step, Trail } from '../../../infra/local/inspector/trail.ts';

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'worker',
  parent: null,
  at: 0,
  ended_at: 1,
  ok: true,
  facts: {},
  log: [],
  ...more,
});
const trail = (steps: Step[]): Trail => ({
  id: 'wamid.A',
  channel_id: 'ch_1',
  person: '49170',
  at: 0,
  keys: ['wamid.A'],
  steps,
});

test('parts stand below what they are a part of, and the rest in the order of time', () => {
  const steps = [
    step('late', { at: 9 }),
    step('call', { at: 5, parent: 'run', kind: 'agent' }),
    step('run', { at: 2 }),
    step('first', { at: 1, kind: 'webhook' }),
  ];
  const rows = rowsOf(trail(steps), { isWhole: false });
  expect(rows.map(({ step, depth }) => [step.id, depth])).toEqual([
    ['first', 0],
    ['run', 0],
    ['call', 1],
    ['late', 0],
  ]);
});

test('how a status went through its queue is shown only on request', () => {
  const steps = [
    step('hook', { kind: 'webhook' }),
    step('queue', { kind: 'queue', facts: { queue: 'statuses' } }),
    step('record', { kind: 'statuses' }),
  ];
  const shown = (isWhole: boolean) => rowsOf(trail(steps), { isWhole }).map(({ step }) => step.id);
  expect(shown(false)).toEqual(['hook']);
  expect(shown(true)).toEqual(['hook', 'queue', 'record']);
});

// biome-ignore format: a table reads by column
test.each([
  { what: 'of the Cloud API', body: { entry: [{ changes: [{ value: { statuses: [{ status: 'read' }] } }] }] }, statuses: ['read'] },
  { what: 'of the old API',   body: { statuses: [{ status: 'sent' }] },                                        statuses: ['sent'] },
  { what: 'with a message',   body: { entry: [{ changes: [{ value: { messages: [{}] } }] }] },                 statuses: [] },
  { what: 'that is no body',  body: null,                                                                      statuses: [] },
])('the statuses in a body $what', ({ body, statuses }) => {
  expect(statusesIn(body)).toEqual(statuses);
});

test('the scale of time begins at 0, ends at 1, and turns no two moments round', () => {
  const times = fc.array(fc.tuple(fc.nat(1e9), fc.nat(1e9)), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(times, (spans) => {
      const steps = spans.map(([at, took], index) =>
        step(String(index), { at, ended_at: at + took + 1 }),
      );
      const place = timeScale(steps, 0);
      const moments = steps
        .flatMap(({ at, ended_at }) => [at, ended_at ?? 0])
        .sort((a, b) => a - b);
      const places = moments.map(place);
      expect(places[0]).toBe(0);
      expect(places.at(-1)).toBe(1);
      for (const [index, one] of places.entries()) {
        expect(one).toBeGreaterThanOrEqual(places[index - 1] ?? 0);
      }
    }),
  );
});
