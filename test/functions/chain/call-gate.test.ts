import { expect, test } from 'vitest';
import {
  type CallEnd,
  type CallGate,
  type GatedCall,
  openCallGates,
} from '../../../functions/chain/call-gate.ts';
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
/** The gate of a job that comes for the first time, and of one that was here before. */
function gatesOf(slots: number) {
  const gates = openCallGates({
    table,
    pool: 'worker',
    slots,
    now: () => clock,
    chance: () => 0,
    graceMs: 5,
  });
  return {
    gates,
    first: gates({ receives: 1, sentAt: clock, firstReceivedAt: clock }),
    again: gates({ receives: 2, sentAt: clock, firstReceivedAt: clock }),
  };
}
const to = (channel: Channel): GatedCall => ({ channel, side: 'agent', timeoutMs: 30_000 });

type End = Awaited<ReturnType<CallGate['call']>>;
const isMade = (end: End) => typeof end !== 'string' && 'value' in end;

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
  expect(await gatesOf(5).first.call(to(channel), answered)).toEqual({ value: 'hello' });
  expect(table.calls).toEqual([]);
});

test('slow calls hold all slots but one: the one over that is ended, and its job comes back', async () => {
  const channel = await channelThatIs();
  const { first: gate } = gatesOf(3);
  const calls = [slowCall(), slowCall(), slowCall()];
  const ends = calls.map(({ make }) => gate.call(to(channel), make));
  const first = await Promise.race(ends);
  expect(first).toEqual({ waitMs: 2_000 });
  for (const { answer } of calls) answer();
  expect((await Promise.all(ends)).filter(isMade)).toEqual([
    { value: 'at last' },
    { value: 'at last' },
  ]);
  expect(await asItIs(channel)).toMatchObject({ agent_slow_until: clock + 60_000 });
  expect(await asItIs(channel)).not.toHaveProperty('agent_failures');
});

test('a channel that is marked takes a slot before it calls; without one nothing is called', async () => {
  const channel = await channelThatIs({ agent_slow_until: clock + 60_000 });
  const { first: gate } = gatesOf(2);
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

test('a job that was here before is turned away for one read, and for none while the function remembers', async () => {
  const channel = await channelThatIs({ agent_slow_until: clock + 60_000 });
  const { first, again } = gatesOf(2);
  expect(await again.turnAway(channel, 'agent')).toBeNull();
  const slow = slowCall();
  const holding = first.call(to(channel), slow.make);
  await expect.poll(slow.hasBegun).toBe(true);
  table.calls.splice(0);
  expect(await first.turnAway(channel, 'agent')).toBeNull(); // the visitor's message is recorded first
  expect(table.calls).toEqual([]);
  expect(await again.turnAway(channel, 'agent')).toBe(4_000);
  expect(await again.turnAway(channel, 'agent')).toBe(4_000);
  expect(table.calls).toEqual(['GetItem']);
  clock += 1_000;
  slow.answer();
  await holding;
  expect(await again.turnAway(channel, 'agent')).toBeNull();
});

test('after an hour without a slot a job gives up its agent, and never its provider', async () => {
  const slowFor = { agent_slow_until: clock + 9_000_000, provider_slow_until: clock + 9_000_000 };
  const channel = await channelThatIs(slowFor);
  const { first, gates } = gatesOf(2);
  const slow = slowCall();
  const holding = first.call({ ...to(channel), timeoutMs: 9_000_000 }, slow.make);
  await expect.poll(slow.hasBegun).toBe(true);
  const old = gates({ receives: 300, sentAt: clock, firstReceivedAt: clock });
  clock += 3_600_000;
  expect(await old.turnAway(channel, 'agent')).toBe(10_000);
  expect(await old.call(to(channel), answered)).toEqual({ waitMs: 10_000 });
  clock += 1;
  expect(await old.turnAway(channel, 'agent')).toBeNull();
  expect(await old.call(to(channel), answered)).toBe('no-slot');
  expect(await old.turnAway(channel, 'provider')).toBe(10_000);
  slow.answer();
  await holding;
  expect(await old.call(to(channel), answered)).toEqual({ value: 'hello' });
});

test('while the function remembers that a channel has no slot, a call of it costs nothing of AWS', async () => {
  const channel = await channelThatIs({ agent_slow_until: clock + 60_000 });
  const { first } = gatesOf(2);
  const slow = slowCall();
  const holding = first.call(to(channel), slow.make);
  await expect.poll(slow.hasBegun).toBe(true);
  expect(await first.call(to(channel), answered)).toEqual({ waitMs: 2_000 });
  table.calls.splice(0);
  expect(await first.call(to(channel), answered)).toEqual({ waitMs: 2_000 });
  expect(table.calls).toEqual([]);
  slow.answer();
  await holding;
  expect(await first.call(to(channel), answered)).toEqual({ value: 'hello' });
});

test('a slot that a dead function left behind is free when its time is over', async () => {
  const channel = await channelThatIs({ agent_slow_until: clock + 600_000 });
  const { first: gate } = gatesOf(2);
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
  const { first: gate, again } = gatesOf(5);
  for (let failure = 0; failure < 5; failure++) {
    expect(await gate.call(to(await asItIs(channel)), failed)).toEqual({ value: 'HTTP 500' });
  }
  const open = await asItIs(channel);
  expect(open).toMatchObject({ agent_failures: 5, agent_single_call_at: clock + 10_000 });
  expect(await gate.call(to(open), answered)).toEqual({ waitMs: 10_000 });
  expect(await again.turnAway(open, 'agent')).toBe(10_000);

  clock += 10_000;
  const singles = await Promise.all([1, 2, 3].map(() => gate.call(to(open), failed)));
  expect(singles.map((end) => (isMade(end) ? 'made' : end))).toEqual([
    'made',
    { waitMs: 2_000 },
    { waitMs: 2_000 },
  ]);
  clock += 10_000;
  expect(await gate.call(to(await asItIs(channel)), answered)).toEqual({ value: 'hello' });
  const closed = await asItIs(channel);
  expect(closed).not.toHaveProperty('agent_failures');
  expect(closed).not.toHaveProperty('agent_single_call_at');
});

test('a job waits four and a half minutes for an agent that fails every time, and as long as it takes for a provider', async () => {
  const failing = await channelThatIs({
    agent_failures: 5,
    agent_failing_since: clock,
    agent_single_call_at: clock + 300_000,
    provider_failures: 5,
    provider_failing_since: clock,
    provider_single_call_at: clock + 300_000,
  });
  const { again } = gatesOf(5);
  clock += 270_000;
  expect(await again.turnAway(failing, 'agent')).toBe(30_000);
  clock += 1;
  expect(await again.turnAway(failing, 'agent')).toBeNull();
  expect(await again.call(to(failing), answered)).toBe('given-up');
  expect(await again.turnAway(failing, 'provider')).toBe(29_999);
  expect(await again.call({ ...to(failing), side: 'provider' }, answered)).toEqual({
    waitMs: 29_999,
  });
});

test('a job that is old already waits for an agent that has begun to fail just now', async () => {
  const { again } = gatesOf(5);
  clock += 300_000;
  const failing = await channelThatIs();
  for (let failure = 0; failure < 5; failure++) {
    await gatesOf(5).first.call(to(await asItIs(failing)), failed);
    clock += 1_000;
  }
  const open = await asItIs(failing);
  expect(open).toMatchObject({ agent_failures: 5, agent_failing_since: clock - 5_000 });
  expect(await again.turnAway(open, 'agent')).toBe(9_000);
  expect(await again.call(to(open), answered)).toEqual({ waitMs: 9_000 });
  clock += 9_000;
  expect(await again.call(to(open), answered)).toEqual({ value: 'hello' });
  expect(await asItIs(failing)).not.toHaveProperty('agent_failing_since');
});

test('an answer between failures begins the count anew', async () => {
  const channel = await channelThatIs();
  const { first: gate } = gatesOf(5);
  for (const make of [failed, failed, failed, failed, answered, failed]) {
    await gate.call(to(await asItIs(channel)), make);
  }
  expect(await asItIs(channel)).toMatchObject({ agent_failures: 1 });
});

test('where no call was made in the end, nothing is counted and nothing forgotten', async () => {
  const channel = await channelThatIs({ agent_failures: 4 });
  const { first: gate } = gatesOf(5);
  await gate.call(to(channel), async () => ({ value: 'another was faster', failed: null }));
  expect(await asItIs(channel)).toMatchObject({ agent_failures: 4 });
});

test('a call that is over is not ended for what is written after it', async () => {
  const channel = await channelThatIs();
  const { first: gate } = gatesOf(2);
  const holding = slowCall();
  const held = gate.call(to(channel), holding.make);
  await expect.poll(async () => (await asItIs(channel)).agent_slow_until).toBeDefined();
  const written = slowCall();
  const end = gate.call(to(channel), (signal, over) => {
    over();
    return written.make(signal);
  });
  expect(await gate.call(to(channel), slowCall().make)).toEqual({ waitMs: 2_000 }); // begun after it
  written.answer();
  expect(await end).toEqual({ value: 'at last' });
  holding.answer();
  await held;
});

test('while the table is away a slow call goes on: better slow than lost', async () => {
  const channel = await channelThatIs();
  table.hooks.add(() => 'fail');
  const slow = slowCall();
  const end = gatesOf(2).first.call(to(channel), slow.make);
  await expect.poll(() => table.calls.length).toBeGreaterThan(0);
  table.hooks.clear();
  slow.answer();
  expect(await end).toEqual({ value: 'at last' });
});
