import { expect, test } from 'vitest';
import { type CallEnd, openCallGate } from '../../../functions/chain/call-gate.ts';
import type { CallMarks } from '../../../shared/contract/call-marks.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { useTable } from '../../support/table.ts';

const table = useTable();
let made = 0;
let clock = Date.now();

async function channelThatIs(marks: CallMarks = {}): Promise<Channel> {
  made += 1;
  const channel = { id: `ch_${made}`, version: 1, active: true, ...marks } as unknown as Channel;
  await putItem(table, { ...channelKey(channel.id), ...channel });
  return channel;
}
const asItIs = async ({ id }: Channel) => (await table.look(channelKey(id))) as unknown as Channel;
const gateOf = (slots: number) =>
  openCallGate({ table, pool: 'worker', slots, now: () => clock, chance: () => 0, graceMs: 5 });
const to = (channel: Channel, receives = 1) =>
  ({ channel, side: 'agent', receives, timeoutMs: 30_000 }) as const;

const answered = async (): Promise<CallEnd<string>> => ({ value: 'hello', failed: false });
const failed = async (): Promise<CallEnd<string>> => ({ value: 'HTTP 500', failed: true });

/** A call that answers when the test says so, or ends when it is ended. */
function slowCall() {
  let answer = () => {};
  let begun = false;
  const make = (signal: AbortSignal) =>
    new Promise<CallEnd<string>>((resolve) => {
      begun = true;
      answer = () => resolve({ value: 'at last', failed: false });
      signal.addEventListener('abort', () => resolve({ value: 'ended', failed: true }));
    });
  return { make, answer: () => answer(), hasBegun: () => begun };
}

test('a quick call costs nothing of AWS', async () => {
  const channel = await channelThatIs();
  table.calls.splice(0);
  expect(await gateOf(5).call(to(channel), answered)).toEqual({ value: 'hello' });
  expect(table.calls).toEqual([]);
});

test('slow calls hold all slots but one: the one over that is ended, and its job comes back', async () => {
  const channel = await channelThatIs();
  const gate = gateOf(3);
  const calls = [slowCall(), slowCall(), slowCall()];
  const ends = calls.map(({ make }) => gate.call(to(channel), make));
  const first = await Promise.race(ends);
  expect(first).toEqual({ waitMs: 2_000 });
  for (const { answer } of calls) answer();
  expect((await Promise.all(ends)).filter((end) => 'value' in end)).toEqual([
    { value: 'at last' },
    { value: 'at last' },
  ]);
  expect(await asItIs(channel)).toMatchObject({ agent_slow_until: clock + 60_000 });
  expect(await asItIs(channel)).not.toHaveProperty('agent_failures');
});

test('a channel that is marked takes a slot before it calls; without one nothing is called', async () => {
  const channel = await channelThatIs({ agent_slow_until: clock + 60_000 });
  const gate = gateOf(2);
  const slow = slowCall();
  const holding = gate.call(to(channel), slow.make);
  await expect.poll(slow.hasBegun).toBe(true);

  const late = slowCall();
  expect(await gate.call(to(channel), late.make)).toEqual({ waitMs: 2_000 });
  expect(late.hasBegun()).toBe(false);
  slow.answer();
  expect(await holding).toEqual({ value: 'at last' });
  expect(await gate.call(to(channel), answered)).toEqual({ value: 'hello' });
});

test('a job that was here before is turned away without a call of AWS, while the function remembers', async () => {
  const channel = await channelThatIs({ agent_slow_until: clock + 60_000 });
  const gate = gateOf(2);
  const slow = slowCall();
  const holding = gate.call(to(channel), slow.make);
  await expect.poll(slow.hasBegun).toBe(true);
  expect(gate.turnAway(to(channel, 2))).toBeNull();
  await gate.call(to(channel), answered);
  table.calls.splice(0);
  expect(gate.turnAway(to(channel, 1))).toBeNull(); // the visitor's message is recorded first
  expect(gate.turnAway(to(channel, 2))).toBe(4_000);
  expect(table.calls).toEqual([]);
  clock += 1_000;
  expect(gate.turnAway(to(channel, 2))).toBeNull();
  slow.answer();
  await holding;
});

test('a slot that a dead function left behind is free when its time is over', async () => {
  const channel = await channelThatIs({ agent_slow_until: clock + 600_000 });
  const gate = gateOf(2);
  const dead = slowCall();
  const forgotten = gate.call(to(channel), dead.make);
  await expect.poll(dead.hasBegun).toBe(true);
  clock += 40_000;
  expect(await gate.call(to(channel), answered)).toEqual({ value: 'hello' });
  dead.answer(); // it was only slow: it gives back nothing that is another's by now
  await forgotten;
});

test('five failures in a row let one call through each ten seconds, and an answer ends that', async () => {
  const channel = await channelThatIs();
  const gate = gateOf(5);
  for (let failure = 0; failure < 5; failure++) {
    expect(await gate.call(to(await asItIs(channel)), failed)).toEqual({ value: 'HTTP 500' });
  }
  const open = await asItIs(channel);
  expect(open).toMatchObject({ agent_failures: 5, agent_probe_at: clock + 10_000 });
  expect(await gate.call(to(open), answered)).toEqual({ waitMs: 10_000 });
  expect(gate.turnAway(to(open, 2))).toBe(10_000);

  clock += 10_000;
  const probes = await Promise.all([1, 2, 3].map(() => gate.call(to(open), failed)));
  expect(probes.filter((end) => 'value' in end)).toHaveLength(1);
  clock += 10_000;
  expect(await gate.call(to(await asItIs(channel)), answered)).toEqual({ value: 'hello' });
  const closed = await asItIs(channel);
  expect(closed).not.toHaveProperty('agent_failures');
  expect(closed).not.toHaveProperty('agent_probe_at');
});

test('an answer between failures begins the count anew', async () => {
  const channel = await channelThatIs();
  const gate = gateOf(5);
  for (const make of [failed, failed, failed, failed, answered, failed]) {
    await gate.call(to(await asItIs(channel)), make);
  }
  expect(await asItIs(channel)).toMatchObject({ agent_failures: 1 });
});

test('while the table is away a slow call goes on: better slow than lost', async () => {
  const channel = await channelThatIs();
  table.hooks.add(() => 'fail');
  const slow = slowCall();
  const end = gateOf(2).call(to(channel), slow.make);
  await expect.poll(() => table.calls.length).toBeGreaterThan(0);
  table.hooks.clear();
  slow.answer();
  expect(await end).toEqual({ value: 'at last' });
});
