import { expect, test } from 'vitest';
import { answered, failed, isMade, openGateStage, slowCall, to } from './gate-stage.ts';

const stage = openGateStage();
const { channelThatIs, asItIs, gatesOf } = stage;

test('after an hour without a slot a job gives up its agent, and never its provider', async () => {
  const slowFor = {
    agent_slow_until: stage.clock + 9_000_000,
    provider_slow_until: stage.clock + 9_000_000,
  };
  const channel = await channelThatIs(slowFor);
  const { first, gates } = gatesOf(2);
  const slow = slowCall();
  const holding = first.call({ ...to(channel), timeoutMs: 9_000_000 }, slow.make);
  await expect.poll(slow.hasBegun).toBe(true);
  const old = gates({ receives: 300, sentAt: stage.clock, firstReceivedAt: stage.clock });
  stage.clock += 3_600_000;
  expect(await old.turnAway(channel, 'agent')).toBe(10_000);
  expect(await old.call(to(channel), answered)).toEqual({ waitMs: 10_000 });
  stage.clock += 1;
  expect(await old.turnAway(channel, 'agent')).toBeNull();
  expect(await old.call(to(channel), answered)).toBe('no-slot');
  expect(await old.turnAway(channel, 'provider')).toBe(10_000);
  slow.answer();
  await holding;
  expect(await old.call(to(channel), answered)).toEqual({ value: 'hello' });
});

test('five failures in a row let one call through each ten seconds, and an answer ends that', async () => {
  const channel = await channelThatIs();
  const { first: gate, again } = gatesOf(5);
  for (let failure = 0; failure < 5; failure++) {
    expect(await gate.call(to(await asItIs(channel)), failed)).toEqual({ value: 'HTTP 500' });
  }
  const open = await asItIs(channel);
  expect(open).toMatchObject({ agent_failures: 5, agent_single_call_at: stage.clock + 10_000 });
  expect(await gate.call(to(open), answered)).toEqual({ waitMs: 10_000 });
  expect(await again.turnAway(open, 'agent')).toBe(10_000);

  stage.clock += 10_000;
  const singles = await Promise.all([1, 2, 3].map(() => gate.call(to(open), failed)));
  expect(singles.map((end) => (isMade(end) ? 'made' : end))).toEqual([
    'made',
    { waitMs: 2_000 },
    { waitMs: 2_000 },
  ]);
  stage.clock += 10_000;
  expect(await gate.call(to(await asItIs(channel)), answered)).toEqual({ value: 'hello' });
  const closed = await asItIs(channel);
  expect(closed).not.toHaveProperty('agent_failures');
  expect(closed).not.toHaveProperty('agent_single_call_at');
});

test('a job waits four and a half minutes for an agent that fails every time, and as long as it takes for a provider', async () => {
  const failing = await channelThatIs({
    agent_failures: 5,
    agent_failing_since: stage.clock,
    agent_single_call_at: stage.clock + 300_000,
    provider_failures: 5,
    provider_failing_since: stage.clock,
    provider_single_call_at: stage.clock + 300_000,
  });
  const { again } = gatesOf(5);
  stage.clock += 270_000;
  expect(await again.turnAway(failing, 'agent')).toBe(30_000);
  stage.clock += 1;
  expect(await again.turnAway(failing, 'agent')).toBeNull();
  expect(await again.call(to(failing), answered)).toBe('given-up');
  expect(await again.turnAway(failing, 'provider')).toBe(29_999);
  expect(await again.call({ ...to(failing), side: 'provider' }, answered)).toEqual({
    waitMs: 29_999,
  });
});

test('a job that is old already waits for an agent that has begun to fail just now', async () => {
  const { again } = gatesOf(5);
  stage.clock += 300_000;
  const failing = await channelThatIs();
  for (let failure = 0; failure < 5; failure++) {
    await gatesOf(5).first.call(to(await asItIs(failing)), failed);
    stage.clock += 1_000;
  }
  const open = await asItIs(failing);
  expect(open).toMatchObject({ agent_failures: 5, agent_failing_since: stage.clock - 5_000 });
  expect(await again.turnAway(open, 'agent')).toBe(9_000);
  expect(await again.call(to(open), answered)).toEqual({ waitMs: 9_000 });
  stage.clock += 9_000;
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
