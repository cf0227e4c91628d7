import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

test('a visitor sends a voice note, and the agent answers with two buttons', async () => {
  const visitor = meetVisitor(journey);
  const audio = { id: '1', mime_type: 'audio/ogg; codecs=opus', voice: true };
  const buttons = { type: 'buttons', text: 'Is it urgent?', buttons: ['Yes', 'No'] };
  await visitor.says({ type: 'audio', audio }, [buttons]);
  await journey.runtime.idle();
  expect(visitor.turns()).toMatchObject([{ message: { kind: 'voice' } }]);
  expect(visitor.bodies()).toMatchObject([{ interactive: { action: { buttons: [{}, {}] } } }]);
});
