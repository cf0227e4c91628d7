import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { letDayPass } from '../support/let-day-pass.ts';
import { cloudText } from '../support/webhook-bodies.ts';

const FALLBACK = { name: 'hello_again', language: 'en' };

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    channel: { options: { fallback_template: FALLBACK } },
    statuses: ['read'],
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  expect(journey.provider.refusals).toEqual([]);
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** A visitor whose last message was sent at `sentAt` and got no answer. */
async function someoneWhoWrote(sentAt: number): Promise<JourneyVisitor> {
  const visitor = meetVisitor(journey);
  const { phone } = visitor;
  await journey.post(cloudText({ phone, text: 'Hello', id: `wamid.${phone}.old`, sentAt }));
  await journey.runtime.idle();
  return visitor;
}
const silent = () => someoneWhoWrote(Date.now() - DAY_MS);
const said = (visitor: JourneyVisitor) =>
  visitor.news().map(({ status, code, part, note }) => ({ status, code, part, note }));

test('while the window is closed nothing is sent, and the agent is told which of its replies were refused', async () => {
  const visitor = await silent();
  const mine = { type: 'text', text: 'too late', id: 'mine' };
  const [replyId] = await client.send({ phone: visitor.phone }, [mine]);
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual([]);
  expect(visitor.news()).toEqual([
    expect.objectContaining({
      reply_id: replyId,
      id: 'mine',
      status: 'refused',
      code: 'window-closed',
      reason: expect.stringContaining('24 hours'),
    }),
  ]);
});

test('the fallback template goes instead, once for each answer of the agent, and each reply names it', async () => {
  const visitor = await silent();
  const wish = { type: 'text', if_window_closed: 'template' };
  const ids = await client.send({ phone: visitor.phone }, [
    { ...wish, text: 'one' },
    { ...wish, text: 'two' },
  ]);
  await journey.runtime.idle();
  expect(visitor.bodies()).toMatchObject([{ type: 'template', template: { name: FALLBACK.name } }]);
  const refused = { status: 'refused', code: 'window-closed', part: 0, note: 'template-sent' };
  expect(said(visitor)).toEqual([refused, refused]);

  const views = await Promise.all(ids.map((id) => client.ask('GET', `/replies/${id}`)));
  expect(views.map(({ body }) => body.notes)).toEqual([['template-sent'], ['template-sent']]);
  const [leadsTo] = new Set(views.map(({ body }) => body.fallback_reply_id));
  expect((await client.ask('GET', `/replies/${leadsTo}`)).body).toMatchObject({
    parts: [{ status: 'read', message_id: visitor.messageIds()[0] }],
  });
});

test('a visitor who never wrote gets neither a message nor a template, and nothing is parked for them', async () => {
  const visitor = meetVisitor(journey);
  const replies = ['refuse', 'template', 'park'].map((wish) => ({
    type: 'text',
    text: wish,
    if_window_closed: wish,
  }));
  await client.send({ phone: visitor.phone }, replies);
  await journey.runtime.idle();
  expect(visitor.bodies()).toEqual([]);
  expect(said(visitor)).toEqual(
    Array(3).fill({ status: 'refused', code: 'never-wrote', part: 0, note: undefined }),
  );
  expect((await client.ask('GET', `/chats?phone=${visitor.phone}`)).body.parked).toBe(0);
});

test('when the window closes while a reply of three parts is sent, the first part stays and the others follow the policy', async () => {
  const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(4_000));
  const wishes = ['refuse', 'template', 'park'] as const;
  const visitors = await Promise.all(wishes.map(() => someoneWhoWrote(Date.now())));
  // The provider wants the second part a second later, and by then a day has passed.
  const waiting = new Set(visitors.map(({ phone }) => phone));
  removals.push(
    journey.provider.onRequest(async ({ body }) => {
      const { to = '', text } = (body ?? {}) as { to?: string; text?: { body?: string } };
      const phone = to.slice(1);
      if (text?.body !== parts[1] || !waiting.delete(phone)) return undefined;
      await letDayPass(journey, phone);
      return json(400, { error: { code: 131056, message: '(#131056) Pair rate limit hit' } });
    }),
  );
  for (const [at, visitor] of visitors.entries()) {
    const reply = { type: 'text', text: parts.join('\n\n'), if_window_closed: wishes[at] };
    await client.send({ phone: visitor.phone }, [reply]);
  }
  await journey.runtime.idle();
  const [refused, replaced, parked] = visitors as [JourneyVisitor, JourneyVisitor, JourneyVisitor];
  const [first, second, third] = parts;
  const end = { status: 'refused', code: 'window-closed', part: 1 };
  expect(refused.texts()).toEqual([first]);
  expect(said(refused)).toEqual([{ ...end, note: undefined }]);
  expect(replaced.texts()).toEqual([first, FALLBACK.name]);
  expect(said(replaced)).toEqual([{ ...end, note: 'template-sent' }]);
  expect(parked.texts()).toEqual([first, FALLBACK.name]);
  expect(said(parked)).toEqual([]);

  await parked.promptsAndWaits('hello');
  expect(parked.texts()).toEqual([first, FALLBACK.name, second, third, 'hello']);
});
