import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';
import { cloudChange, cloudText } from '../support/webhook-bodies.ts';

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

interface Shown {
  message_id: string;
  typing_indicator?: object;
}
/** What the visitor was shown while the agent thought. */
const shownTo = ({ phone }: JourneyVisitor) =>
  journey.provider.requests
    .map(({ body }) => body as Shown | null)
    .filter((body) => body?.message_id?.startsWith(`wamid.${phone}.`))
    .map((body) => (body?.typing_indicator ? 'typing' : 'read'));

test('the visitor sees the message read and the agent typing, once, also when the agent is asked again', async () => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 503, headers: { 'retry-after': '1' }, body: '' });
  await visitor.promptsAndWaits('sorry for the wait');
  expect(visitor.turns().map(({ event }) => event.attempt)).toEqual([1, 2]);
  expect(shownTo(visitor)).toEqual(['typing']);
});

test('a channel may show only that the message was read, or nothing', async () => {
  const visitor = meetVisitor(journey);
  await editChannel(journey, { options: { typing_indicator: 'read' } });
  await visitor.promptsAndWaits('one');
  expect(shownTo(visitor)).toEqual(['read']);
  await editChannel(journey, { options: { typing_indicator: false } });
  await visitor.promptsAndWaits('two');
  expect(shownTo(visitor)).toEqual(['read']);
  await editChannel(journey, { options: { typing_indicator: true } });
});

test('the typing is shown before the agent has answered, and the answer does not wait for it', async () => {
  const visitor = meetVisitor(journey);
  let isHeld = false;
  removals.push(
    journey.provider.onRequest(({ body }) => {
      const { message_id } = (body ?? {}) as Partial<Shown>;
      if (!message_id?.includes(visitor.phone)) return;
      isHeld = true;
      return 'no-answer';
    }),
  );
  journey.agent.next(async () => {
    await until(() => isHeld);
    return { replies: ['while it hangs'] };
  });
  await visitor.says('hello?');
  await until(() => visitor.texts().length === 1, { timeoutMs: 2_500 }); // the worker gives up the typing after 3 s
  await journey.runtime.idle();
});

test('when the typing cannot be shown, the visitor is answered all the same', async () => {
  const visitor = meetVisitor(journey);
  removals.push(
    journey.provider.onRequest(({ body }) =>
      (body as Partial<Shown> | null)?.message_id ? { status: 500, body: '' } : undefined,
    ),
  );
  await visitor.promptsAndWaits('all the same');
  expect(visitor.texts()).toEqual(['all the same']);
  expect(visitor.news()).toEqual([]);
});

test('while a person has the chat no typing is shown', async () => {
  const visitor = meetVisitor(journey);
  const { phone } = visitor;
  const sentAt = Date.now() - 60_000; // later than the app's own automatic reply would come
  journey.agent.next({ replies: ['before'] });
  await journey.post(cloudText({ phone, text: 'hi', id: `wamid.${phone}.old`, sentAt }));
  await journey.runtime.idle();
  await journey.post(
    cloudChange('smb_message_echoes', {
      message_echoes: [
        {
          from: '493023125100',
          to: phone,
          id: `wamid.human-${phone}`,
          timestamp: String(Math.floor(Date.now() / 1000)),
          type: 'text',
          text: { body: 'I take over' },
        },
      ],
    }),
  );
  await until(() => journey.agent.requests.some(({ event }) => 'handover' in event));
  await visitor.promptsAndWaits('never said');
  expect(visitor.texts()).toEqual(['before']);
  expect(shownTo(visitor)).toEqual(['typing']);
});
