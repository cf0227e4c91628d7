import { beforeEach, expect, test } from 'vitest';
import { Dialog360Double } from '../../../../infra/local/dialog360/double.ts';
import { answerFaults } from '../../../../infra/local/faults/answer-faults.ts';
import { FAULTS, type FaultName } from '../../../../infra/local/faults/fault.ts';
import { Faults } from '../../../../infra/local/faults/faults.ts';

let faults: Faults;
let double: Dialog360Double;
beforeEach(() => {
  double = new Dialog360Double();
  faults = new Faults(double);
});

const names = Object.keys(FAULTS) as FaultName[];
const left = (name: FaultName) => faults.list().find(({ fault }) => fault === name)?.left;
const call = (method: string, path = '/', value: unknown = null) => {
  const body = Buffer.from(JSON.stringify(value));
  const ask = { method, path, query: '', headers: {}, body, sizeBytes: 1, sourceIp: '' };
  const answer = answerFaults(faults, ask);
  if (typeof answer === 'string') throw new Error(answer);
  return { status: answer.status, body: String(answer.body) };
};

test.each(
  names,
)('%s is switched on for so many messages, for more, until it is switched off, and off', (name) => {
  expect(left(name)).toBe(0);
  faults.arm(name, 1);
  faults.arm(name, 2);
  expect(left(name)).toBe(3);
  faults.disarm(name);
  expect(left(name)).toBe(0);
  faults.arm(name, null);
  expect(left(name)).toBe(null);
  faults.disarm(name);
  expect(faults.list().every((one) => one.left === 0)).toBe(true);
});

test('each change of a fault is told, wherever the fault is kept', () => {
  let told = 0;
  faults.onChange(() => {
    told += 1;
  });
  for (const name of names) {
    const before = told;
    faults.arm(name, 1);
    expect(told).toBe(before + 1);
  }
});

test('a fault of a function is lent to its next call alone, and comes back where it was not used', () => {
  faults.arm('agent-down', 1);
  expect(faults.lend('send')).toBe(null);
  const lease = faults.lend('worker');
  expect(lease?.trouble).toBe('down');
  expect(left('agent-down')).toBe(0);
  expect(faults.lend('worker')).toBe(null);
  lease?.giveBack();
  expect(left('agent-down')).toBe(1);
});

test('a fault that was switched off meanwhile does not come back', () => {
  faults.arm('kill-sender', 1);
  const lease = faults.lend('send');
  expect(lease?.trouble).toBe('kill');
  faults.disarm('kill-sender');
  lease?.giveBack();
  expect(left('kill-sender')).toBe(0);
});

test('a fault of 360dialog is an outcome like those that are asked for by a play', () => {
  faults.arm('provider-429', 2);
  expect(double.outcomes.next('any', '491700000001')).toMatchObject({ code: 130429, atOnce: true });
  expect(left('provider-429')).toBe(1);
  faults.arm('answer-lost', null);
  expect(double.outcomes.next('any', '1')).toMatchObject({ code: 130429 });
  expect(double.outcomes.next('any', '1')).toMatchObject({ code: null, atOnce: false });
  expect(left('answer-lost')).toBe(null);
});

test('faults are switched by HTTP, each with a sentence that says what will be seen', () => {
  const { faults: all } = JSON.parse(call('GET').body);
  expect(all.map(({ fault }: { fault: string }) => fault)).toEqual(names);
  for (const { seen } of all) expect(seen).toMatch(/^[A-Z0-9].{30,200}\.$/);
  expect(call('POST', '/', { fault: 'window-late' }).status).toBe(200);
  expect(left('window-late')).toBe(2);
  call('POST', '/', { fault: 'agent-slow', times: null });
  expect(left('agent-slow')).toBe(null);
  call('DELETE', '/agent-slow');
  expect([left('agent-slow'), left('window-late')]).toEqual([0, 2]);
  call('DELETE');
  expect(left('window-late')).toBe(0);
});

// biome-ignore format: a table reads by column
const refused = [
  { what: 'no JSON',          ask: ['POST', '/', null],                                   status: 422, says: /^body / },
  { what: 'an unknown fault', ask: ['POST', '/', { fault: 'agent-dwn' }],                 status: 422, says: /^fault / },
  { what: 'no times at all',  ask: ['POST', '/', { fault: 'agent-down', times: 0 }],      status: 422, says: /^times / },
  { what: 'an unknown name',  ask: ['DELETE', '/agent-dwn'],                              status: 404, says: /"agent-down" is one/ },
  { what: 'another method',   ask: ['PUT', '/'],                                          status: 405, says: /GET, POST or DELETE/ },
] as { what: string; ask: [string, string, unknown]; status: number; says: RegExp }[];

test.each(refused)('$what is refused in words', ({ ask, status, says }) => {
  const answer = call(...ask);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body).detail).toMatch(says);
  expect(faults.list().every((one) => one.left === 0)).toBe(true);
});

test('the answer of an agent that talks nonsense is no JSON', () => {
  const { status, body } = call('POST', '/nonsense');
  expect(status).toBe(200);
  expect(body).toMatch(/^<!doctype html>/);
});
