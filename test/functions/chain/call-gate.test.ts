import { expect, test } from 'vitest';
import { answered, isMade, openGateStage, slowCall, to } from './gate-stage.ts';

const stage = openGateStage();
const { table, channelThatIs, asItIs, gatesOf } = stage;

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
  expect(await asItIs(channel)).toMatchObject({ agent_slow_until: stage.clock + 60_000 });
  expect(await asItIs(channel)).not.toHaveProperty('agent_failures');
});

test('a channel that is marked takes a slot before it calls; without one nothing is called', async () => {
  const channel = await channelThatIs({ agent_slow_until: stage.clock + 60_000 });
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
  const channel = await channelThatIs({ agent_slow_until: stage.clock + 60_000 });
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
  stage.clock += 1_000;
  slow.answer();
  await holding;
  expect(await again.turnAway(channel, 'agent')).toBeNull();
});

test('while the function remembers that a channel has no slot, a call of it costs nothing of AWS', async () => {
  const channel = await channelThatIs({ agent_slow_until: stage.clock + 60_000 });
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
  const channel = await channelThatIs({ agent_slow_until: stage.clock + 600_000 });
  const { first: gate } = gatesOf(2);
  const dead = slowCall();
  const forgotten = gate.call(to(channel), dead.make);
  await expect.poll(dead.hasBegun).toBe(true);
  stage.clock += 40_000;
  expect(await gate.call(to(channel), answered)).toEqual({ value: 'hello' });
  dead.answer(); // it was only slow: it gives back nothing that is another's by now
  await forgotten;
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

test('an answer that comes while its call is being marked as slow counts, though there is no slot', async () => {
  const channel = await channelThatIs();
  const { first: gate } = gatesOf(2);
  const holding = slowCall();
  const held = gate.call(to(channel), holding.make);
  await expect.poll(async () => (await asItIs(channel)).agent_slow_until).toBeDefined();
  await expect
    .poll(async () => gate.call(to(await asItIs(channel)), answered))
    .not.toHaveProperty('value');

  const [marking, over, askedForSlot] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  table.hooks.add(async ({ operation, moment }) => {
    if (operation === 'GetItem' && moment === 'after') askedForSlot?.resolve();
    if (operation !== 'UpdateItem' || moment !== 'before') return undefined;
    marking?.resolve(); // before a slot is asked for
    await over?.promise;
    return undefined;
  });
  const slow = slowCall();
  const end = gate.call(to(channel), (signal, isOver) => {
    void marking?.promise.then(isOver).then(over?.resolve);
    return slow.make(signal);
  });
  await askedForSlot?.promise;
  await asItIs(channel);
  slow.answer();
  expect(await end).toEqual({ value: 'at last' });
  holding.answer();
  await held;
});

test('a job whose channel is slow at one far side is not turned away for another one', async () => {
  const channel = await channelThatIs({ agent_slow_until: stage.clock + 60_000 });
  const { first, again } = gatesOf(2);
  const slow = slowCall();
  const holding = first.call(to(channel), slow.make);
  await expect.poll(slow.hasBegun).toBe(true);
  expect(await again.turnAway(channel, 'agent')).toBe(4_000);
  expect(await again.turnAway(channel, 'provider')).toBeNull();
  slow.answer();
  await holding;
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
