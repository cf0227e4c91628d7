import { afterAll, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { type JourneyClient, openClient } from '../support/journey-client.ts';
import { openNotifications } from '../support/journey-notifications.ts';
import { type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';
import { bsuidOf, cloudChange, cloudText, flatText } from '../support/webhook-bodies.ts';

let journey: Journey;
let client: JourneyClient;
beforeAll(async () => {
  journey = await startJourney({
    channel: {
      options: {
        stop_words: ['Stop', 'opt out'],
        start_words: ['Start'],
        if_window_closed: 'park',
        fallback_template: { name: 'come_back', language: 'en' },
      },
    },
  });
  client = await openClient(journey);
});
afterAll(() => journey.stop());

const offer = { type: 'template', name: 'offer', language: 'en' };
const receipt = { type: 'template', name: 'receipt', language: 'en' };
const namesTo = ({ phone }: JourneyVisitor) =>
  journey
    .received(phone)
    .map(({ request }) => (request.body.template as { name?: string } | undefined)?.name ?? 'free');
const chatOf = async ({ phone }: JourneyVisitor) =>
  (await client.ask('GET', `/chats?phone=${phone}`)).body;
const said = ({ phone }: JourneyVisitor) =>
  journey.agent.requests.flatMap(({ event }) =>
    'delivery' in event && event.context.channel_visitor_phone === phone
      ? [`${event.delivery.status} ${event.delivery.code}`]
      : [],
  );
/** A visitor who said hello and was answered. */
async function known(): Promise<JourneyVisitor> {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  return visitor;
}
async function sends(visitor: JourneyVisitor, ...replies: unknown[]) {
  await client.send({ phone: visitor.phone }, replies);
  await journey.runtime.idle();
}
/** The visitor says it and is answered. */
async function saysAndHears(visitor: JourneyVisitor, what: string, answer: string) {
  journey.agent.next({ replies: [answer] });
  await visitor.says(what);
  await journey.runtime.idle();
}

test('to a visitor who said STOP the agent may still answer, but no template goes until they say START', async () => {
  const visitor = await known();
  await saysAndHears(visitor, ' STOP! ', 'Understood.');
  expect(visitor.turns().at(-1)?.message).toMatchObject({ kind: 'text', text: ' STOP! ' });
  expect(visitor.texts()).toEqual(['Hello', 'Understood.']);

  await sends(visitor, receipt, 'and this, while you listen');
  expect(namesTo(visitor)).toEqual(['free', 'free', 'free']);
  expect(said(visitor)).toEqual(['refused opted-out']);
  const { notify, results } = openNotifications(journey, client);
  const { chat_id } = await notify({ phone: visitor.phone });
  await journey.runtime.idle();
  expect(results(chat_id)).toEqual([
    expect.objectContaining({ result: 'fail', status: 'refused', code: 'opted-out', final: true }),
  ]);

  await saysAndHears(visitor, 'start', 'Welcome back.');
  await sends(visitor, receipt);
  expect(namesTo(visitor)).toEqual(['free', 'free', 'free', 'free', 'receipt']);
});

test('a visitor who taps a button with a stop word opts out as well', async () => {
  const visitor = await known();
  const [shown] = visitor.messageIds();
  journey.agent.next({ replies: [] });
  await visitor.says({
    type: 'interactive',
    context: { from: '493023125100', id: shown },
    interactive: { type: 'button_reply', button_reply: { id: '7', title: 'Opt out' } },
  });
  await journey.runtime.idle();
  await sends(visitor, receipt);
  expect(namesTo(visitor)).toEqual(['free']);
});

test('a visitor does not opt out with a stop word in a sentence, nor with a repeat of one they took back', async () => {
  const visitor = await known();
  await saysAndHears(visitor, 'please stop sending me invoices', 'Which?');
  await saysAndHears(visitor, 'start', 'Gladly.');
  await saysOld(visitor, 'stop');
  await sends(visitor, receipt);
  expect(namesTo(visitor)).toEqual(['free', 'free', 'free', 'receipt']);
});

test('a stop word counts also when it comes after a newer message of the visitor', async () => {
  const visitor = await known();
  await saysOld(visitor, 'stop');
  await sends(visitor, receipt);
  expect(namesTo(visitor)).toEqual(['free']);
  expect(await chatOf(visitor)).toMatchObject({ opted_out: 'everything' });
});

/** A text the visitor sent an hour ago, which the provider posts only now. */
async function saysOld({ phone }: JourneyVisitor, text: string): Promise<void> {
  const sentAt = Date.now() - 3_600_000;
  journey.agent.next({ replies: [] });
  await journey.post(cloudText({ phone, text, id: `wamid.${phone}.old`, sentAt }));
  await journey.runtime.idle();
}

test('a visitor who opted out and whose window is closed gets no template, and nothing is parked', async () => {
  const visitor = meetVisitor(journey);
  const sentAt = Date.now() - 25 * 3_600_000;
  const old = { phone: visitor.phone, text: 'stop', id: `wamid.${visitor.phone}.stop`, sentAt };
  journey.agent.next({ replies: [] });
  await journey.post(flatText(old));
  await journey.runtime.idle();
  await sends(visitor, 'Too late');
  expect(namesTo(visitor)).toEqual([]);
  expect(said(visitor)).toEqual(['refused opted-out']);
  expect(await chatOf(visitor)).toMatchObject({ parked: 0, window: { open: false } });
});

/** What WhatsApp posts when a visitor stops or resumes marketing messages in its own menu. */
const preference = (phone: string, value: 'stop' | 'resume', at: number) =>
  cloudChange('user_preferences', {
    contacts: [{ profile: { name: 'Anna' }, wa_id: phone, user_id: bsuidOf(phone) }],
    user_preferences: [
      {
        wa_id: phone,
        user_id: bsuidOf(phone),
        detail: 'User requested to stop marketing messages',
        category: 'marketing_messages',
        value,
        timestamp: Math.floor(at / 1000),
      },
    ],
  });

test('to a visitor who stopped marketing in WhatsApp only templates that are certainly no marketing go, until they resume it', async () => {
  const remove = journey.provider.onRequest(({ method, path }) =>
    method === 'GET' && path.includes('/message_templates')
      ? json(200, {
          data: [
            { name: 'offer', language: 'en', status: 'APPROVED', category: 'MARKETING' },
            { name: 'receipt', language: 'en', status: 'APPROVED', category: 'UTILITY' },
          ],
        })
      : undefined,
  );
  // A visitor without a chat: the preference makes one.
  const visitor = meetVisitor(journey);
  const now = Date.now();
  await journey.post(preference(visitor.phone, 'stop', now - 60_000));
  await journey.runtime.idle();
  expect(await chatOf(visitor)).toMatchObject({ last_inbound_at: null, dialog: 'closed' });
  await sends(visitor, offer, receipt, { ...offer, name: 'unheard_of' });
  expect(namesTo(visitor)).toEqual(['receipt']);
  expect(said(visitor)).toEqual(['refused opted-out', 'refused opted-out']);

  await journey.post(preference(visitor.phone, 'resume', now));
  await journey.runtime.idle();
  await journey.post(preference(visitor.phone, 'stop', now - 120_000)); // an older preference, late
  await journey.runtime.idle();
  await sends(visitor, offer);
  remove();
  expect(namesTo(visitor)).toEqual(['receipt', 'offer']);
});
