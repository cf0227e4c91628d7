import { expect, test } from 'vitest';
import type { Step } from '../../../../infra/local/inspector/trail.ts';
import { type Sighting, Trails } from '../../../../infra/local/inspector/trails.ts';

let made = 0;
const sighting = (keys: string[], more: Partial<Sighting> = {}): Sighting => {
  made += 1;
  const step: Step = {
    id: `s${made}`,
    kind: 'worker',
    parent: null,
    at: made,
    ended_at: null,
    ok: null,
    facts: {},
    log: [],
  };
  return { step, keys, channelId: 'ch_1', person: null, roots: [], ...more };
};
const open = () => {
  const told: string[] = [];
  const trails = new Trails((trail, step) => told.push(`${trail.id} ${step.id}`));
  return { trails, told };
};
const stepsOf = (trails: Trails, key: string) => trails.find(key)?.steps.map(({ id }) => id);

test('steps that share an id are one way, and each new id leads there', () => {
  const { trails } = open();
  const [hook, worker, sender, status] = [
    sighting(['wamid.A'], { roots: ['wamid.A'], person: '49170' }),
    sighting(['wamid.A', 'evt_1']),
    sighting(['evt_1', 'rep_1', 'wamid.B']),
    sighting(['wamid.B']),
  ];
  for (const one of [hook, worker, sender, status]) trails.put(one);
  const all = [hook, worker, sender, status].map(({ step }) => step.id);
  for (const key of ['wamid.A', 'evt_1', 'rep_1', 'wamid.B']) {
    expect(stepsOf(trails, key)).toEqual(all);
  }
  expect(trails.find('wamid.B')).toMatchObject({ id: 'wamid.A', person: '49170' });
});

test('a status that comes before its message is known joins the way later', () => {
  const { trails, told } = open();
  const status = sighting(['wamid.B']);
  trails.put(status);
  expect(trails.find('wamid.B')).toBeNull();
  trails.put(sighting(['wamid.A'], { roots: ['wamid.A'] }));
  trails.put(sighting(['wamid.A', 'wamid.B']));
  expect(stepsOf(trails, 'wamid.B')).toContain(status.step.id);
  expect(told).toContain(`wamid.A ${status.step.id}`);
});

test('a batch that holds two messages is a step of both, and joins neither to the other', () => {
  const { trails } = open();
  const batch = sighting(['wamid.A', 'wamid.B'], { roots: ['wamid.A', 'wamid.B'] });
  trails.put(batch);
  trails.put(sighting(['wamid.A', 'evt_1']));
  expect(trails.find('evt_1')?.id).toBe('wamid.A');
  expect(stepsOf(trails, 'wamid.B')).toEqual([batch.step.id]);
});

test('a step is told again only when it changed', () => {
  const { trails, told } = open();
  const hook = sighting(['wamid.A'], { roots: ['wamid.A'] });
  trails.put(hook);
  trails.put(hook);
  expect(told).toHaveLength(1);
  hook.step.ended_at = 9;
  trails.put(hook);
  expect(told).toHaveLength(2);
});

test('the oldest way goes when there are more than five hundred', () => {
  const { trails } = open();
  for (let at = 0; at <= 500; at += 1) {
    trails.put(sighting([`wamid.${at}`], { roots: [`wamid.${at}`] }));
  }
  expect(trails.find('wamid.0')).toBeNull();
  expect(trails.find('wamid.500')).not.toBeNull();
  expect(trails.all()).toHaveLength(500);
});
