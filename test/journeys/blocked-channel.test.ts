import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../infra/local/http/serve.ts';
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
beforeAll(async () => {
  // Left undefined, so that the channel has the default: typing is shown.
  journey = await startJourney({ channel: { options: { typing_indicator: undefined } } });
});
afterAll(() => journey.stop());
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  expect(journey.provider.refusals).toEqual([]);
});

/**
 * 360dialog refuses everything of the number, and says as much of its health, until it is healed.
 */
function refusing(send: HttpAnswer, health: HttpAnswer) {
  const asked = {
    sends: 0,
    /** Read marks, and the "typing" that goes with them. */
    presences: 0,
    probes: 0,
    isBad: { send: true, health: true },
    heal: () => {
      asked.isBad = { send: false, health: false };
    },
  };
  removals.push(
    journey.provider.onRequest(({ path, body }) => {
      if (path.endsWith('/health_status')) {
        asked.probes += 1;
        return asked.isBad.health ? health : healthOf('AVAILABLE');
      }
      if (!path.endsWith('/messages')) return;
      if ((body as { status?: string }).status === 'read') asked.presences += 1;
      else asked.sends += 1;
      return asked.isBad.send ? send : undefined;
    }),
  );
  return asked;
}

const healthOf = (state: string) =>
  json(200, { health_status: { can_send_message: state, entities: [] } });
const unpaid = json(400, {
  error: { message: '(#131042) Business eligibility payment issue', code: 131042 },
});
const invalidKey = json(401, { meta: { developer_message: 'Invalid api_key' } });

async function shownBlock() {
  const { url } = journey.runtime;
  const answer = await fetch(`${url}/admin/channels/${journey.channel.id}`);
  return ((await answer.json()) as ChannelAnswer).channel.blocked;
}
const times = (name: string) =>
  journey.runtime.output.filter(({ line }) => line.includes(`"message":"${name}"`)).length;
const ends = (visitor: JourneyVisitor) =>
  visitor.news().map(({ status, code, reason }) => ({ status, code, reason }));

test.each([
  { what: 'an unpaid bill', send: unpaid, health: healthOf('BLOCKED'), code: 131042 },
  { what: 'a bad key', send: invalidKey, health: invalidKey, code: 401 },
])('with $what all replies wait, the sender does not try in vain, and afterwards each chat goes on in its order', async ({
  send,
  health,
  code,
}) => {
  const [lifted, marked] = [times('channel-unblocked'), times('channel-blocked')];
  const asked = refusing(send, health);
  const first = meetVisitor(journey);
  await first.prompts('one', 'two');
  const block = await until(shownBlock, { what: 'the block' });
  expect(block).toMatchObject({ code, since: expect.stringMatching(/^\d{4}-.*Z$/) });

  const presences = await until(() => asked.presences, { what: 'the first read mark' });
  const others = [meetVisitor(journey), meetVisitor(journey)];
  for (const visitor of others) await visitor.prompts('one', 'two', 'three');
  await first.prompts('three');
  await until(() => asked.probes >= 2, { what: 'the second probe' });
  expect(asked).toMatchObject({ sends: 1, presences });
  expect([first, ...others].flatMap((visitor) => visitor.texts())).toEqual([]);
  expect(await shownBlock()).toEqual(block);

  asked.heal();
  await journey.runtime.idle();
  for (const visitor of [first, ...others]) {
    expect(visitor.texts()).toEqual(['one', 'two', 'three']);
    expect(visitor.news()).toEqual([]);
  }
  expect(await shownBlock()).toBeNull();
  expect([times('channel-blocked') - marked, times('channel-unblocked') - lifted]).toEqual([1, 1]);
});

test('while the health looks good and the refusals go on, the sender tries one reply a probe and loses none', async () => {
  const asked = refusing(unpaid, healthOf('AVAILABLE'));
  const visitor = meetVisitor(journey);
  await visitor.prompts('one', 'two');
  await until(() => asked.sends >= 2, { what: 'the second try' });
  expect(asked.sends - asked.probes).toBeLessThanOrEqual(1);
  asked.heal();
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['one', 'two']);
  expect(await shownBlock()).toBeNull();
});

test('when an operator saves a new token, the sender tries it at once', async () => {
  const asked = refusing(invalidKey, healthOf('BLOCKED'));
  const visitor = meetVisitor(journey);
  await visitor.prompts('one', 'two');
  await until(shownBlock, { what: 'the block' });
  asked.isBad.send = false;
  await editChannel(journey, { token: 'journey-key-0002' });
  expect(await shownBlock()).toBeNull();
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['one', 'two']);
});

test('a reply that has waited max_wait_minutes ends failed, the agent is told why, and the sender does not try the rest', async () => {
  await editChannel(journey, { options: { max_wait_minutes: 0 } });
  const asked = refusing(unpaid, healthOf('BLOCKED'));
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('too late', 'too late as well');
  expect(asked.sends).toBe(1);
  expect(visitor.texts()).toEqual([]);
  const blocked = {
    status: 'failed',
    code: 'channel-blocked',
    reason: expect.stringContaining('payment issue'),
  };
  expect(ends(visitor)).toEqual([blocked, blocked]);

  asked.heal();
  await until(async () => (await shownBlock()) === null, { what: 'the end of the block' });
  await editChannel(journey, { options: { max_wait_minutes: 60 } });
  await visitor.promptsAndWaits('in time');
  expect(visitor.texts()).toEqual(['in time']);
});
