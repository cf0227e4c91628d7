import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../infra/local/http/serve.ts';
import { channelProgram } from '../support/channel-program.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import type { AgentRequest } from '../support/runtime-agent.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ statuses: ['delivered'] });
});
afterAll(() => journey.stop());

/** Removes the hooks of a test. */
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  journey.agent.answerWith(echo);
});

const echo = ({ event }: AgentRequest) =>
  'message' in event ? { replies: [`You said: ${event.message.text}`] } : { ready: true };

const { ask, create, headerOf, say, turnsOf, texts } = channelProgram(() => journey);

/** From now on the provider answers like this; undefined: as usual. */
function providerSays(answerTo: (method: string, path: string) => HttpAnswer | undefined): void {
  removals.push(journey.provider.onRequest(({ method, path }) => answerTo(method, path)));
}

test('a program creates, reads, finds and activates a channel, and its first message is answered', async () => {
  const channel = await create();
  expect(channel.created).toMatchObject({
    api_key: expect.stringMatching(/^d360c_/),
    agent_secret: expect.stringMatching(/^whsec_/),
    channel: { active: false },
  });
  const { json: shown, etag } = await ask('GET', `/${channel.id}`);
  expect(shown).toEqual({ channel: channel.created.channel, warnings: [] });
  expect(etag).toBe('"1"');
  const { json: list } = await ask('GET', '?limit=100');
  expect(list.channels.map(({ id }) => id)).toContain(channel.id);

  // It is not active yet: what comes is answered 200 and dropped.
  expect(await say(channel.webhookUrl, '491750000001', 'wamid.ch-early')).toBe(200);
  const { json: activated } = await ask('POST', `/${channel.id}/activate`);
  expect(activated).toMatchObject({ channel: { active: true, version: 2 }, warnings: [] });
  expect(journey.provider.account(channel.token).webhook?.url).toBe(channel.webhookUrl);
  // From now on nothing is lost, although the webhook has just read it as inactive.
  expect(await say(channel.webhookUrl, '491750000001', 'wamid.ch-1', headerOf(channel))).toBe(200);
  await journey.runtime.idle();
  expect(turnsOf('491750000001')).toEqual(['wamid.ch-1']);
  expect(texts('491750000001')).toEqual(['You said: wamid.ch-1']);
});

const WEBHOOK = '/v1/configs/webhook';
// biome-ignore format: a table reads by column
const troubles: { provider: string; says: Parameters<typeof providerSays>[0]; code: string; title: string; detail: RegExp }[] = [
  {
    provider: 'is down', says: () => 'reset',
    code: 'provider-unreachable', title: 'Can’t reach channel', detail: /did not answer.*Activate the channel again/,
  },
  {
    provider: 'has an inner fault', says: () => ({ status: 502, body: '<html>' }),
    code: 'provider-unreachable', title: 'Can’t reach channel', detail: /did not answer.*Activate the channel again/,
  },
  {
    provider: 'rejects the key', says: () => ({ status: 401, body: '{}' }),
    code: 'webhook-not-registered', title: 'Couldn’t register agent webhook', detail: /rejected the API key \(HTTP 401\).*Copy the key/,
  },
  {
    provider: 'says yes and keeps nothing', says: (method, path) => (method === 'POST' && path === WEBHOOK ? { status: 200, body: '{}' } : undefined),
    code: 'webhook-not-registered', title: 'Couldn’t register agent webhook', detail: /accepted the webhook but shows another one, or none/,
  },
];

test.each(
  troubles,
)('activated while the provider $provider: a warning with its cure, active all the same, and healed by activating again', async ({
  says,
  code,
  title,
  detail,
}) => {
  const phone = `49175000001${troubles.findIndex((trouble) => trouble.says === says)}`;
  const channel = await create();
  providerSays(says);
  const { status, json } = await ask('POST', `/${channel.id}/activate`);
  expect(status).toBe(200);
  expect(json.warnings).toEqual([{ code, title, detail: expect.stringMatching(detail) }]);
  expect(json.channel.active).toBe(true);
  for (const remove of removals.splice(0)) remove();

  // A webhook whose address an operator pasted by hand, without the header, works already.
  expect(await say(channel.webhookUrl, phone, `wamid.by-hand-${phone}`)).toBe(200);
  await journey.runtime.idle();
  expect(texts(phone)).toEqual([`You said: wamid.by-hand-${phone}`]);

  const again = await ask('POST', `/${channel.id}/activate`);
  expect(again.json.warnings).toEqual([]);
  expect(journey.provider.account(channel.token).webhook?.url).toBe(channel.webhookUrl);
});

test('an agent that says it is not ready stops the activation, and one that does not answer only causes a warning', async () => {
  const channel = await create();
  journey.agent.answerWith(() => json(200, { ready: false, reason: 'not trained' }));
  const refused = await ask('POST', `/${channel.id}/activate`);
  expect(refused).toMatchObject({ status: 409, json: { code: 'agent-not-ready' } });
  expect((await ask('GET', `/${channel.id}`)).json.channel).toMatchObject({
    active: false,
    version: 1,
  });

  journey.agent.answerWith(() => 'reset');
  const warned = await ask('POST', `/${channel.id}/activate`);
  expect(warned.json).toMatchObject({
    channel: { active: true },
    warnings: [{ code: 'agent-silent', title: 'Agent did not answer' }],
  });
});

test('of two channels with one token that are activated at the same moment, one gets it and the other is refused', async () => {
  const token = 'key-that-two-want-12345';
  const pair = [await create({ token }), await create({ token })];
  const ends = await Promise.all(pair.map(({ id }) => ask('POST', `/${id}/activate`)));
  expect(ends.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const loser = ends.find(({ status }) => status === 409);
  expect(loser?.json).toMatchObject({
    code: 'token-in-use',
    detail: expect.stringContaining('Deactivate'),
  });
  const states = await Promise.all(pair.map(({ id }) => ask('GET', `/${id}`)));
  expect(states.map(({ json }) => json.channel.active).toSorted()).toEqual([false, true]);
});

test('of two edits of one version the second is refused and changes nothing', async () => {
  const { id } = await create();
  const edits = await Promise.all(
    ['First', 'Second'].map((title) => ask('PATCH', `/${id}`, { body: { title }, ifMatch: '"1"' })),
  );
  expect(edits.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  const kept = edits.find(({ status }) => status === 200)?.json.channel.title;
  expect((await ask('GET', `/${id}`)).json.channel).toMatchObject({ title: kept, version: 2 });
});

test('while the webhook token is rotated every message is answered once, at the old address and at the new one', async () => {
  const channel = await create({ active: true });
  const oldHeader = headerOf(channel);
  const phones = Array.from({ length: 12 }, (_, at) => `4917500001${String(at).padStart(2, '0')}`);
  const send = (url: string, header: string, from: number, to: number) =>
    Promise.all(
      phones.slice(from, to).map((phone) => say(url, phone, `wamid.rot-${phone}`, header)),
    );
  const before = send(channel.webhookUrl, oldHeader, 0, 4);
  const rotating = ask('POST', `/${channel.id}/rotate-webhook-token`);
  const during = send(channel.webhookUrl, oldHeader, 4, 8);
  const { json: rotated } = await rotating;
  expect(rotated.warnings).toEqual([]);
  const newUrl = rotated.channel.webhook_url ?? '';
  expect(newUrl).not.toBe(channel.webhookUrl);
  expect(journey.provider.account(channel.token).webhook?.url).toBe(newUrl);
  // What the provider repeats goes to the old address with the old header for days.
  const after = await Promise.all([
    send(newUrl, headerOf(channel), 8, 10),
    send(channel.webhookUrl, oldHeader, 10, 12),
  ]);
  expect([...(await before), ...(await during), ...after.flat()]).toEqual(phones.map(() => 200));
  await journey.runtime.idle();
  for (const phone of phones) expect(texts(phone)).toEqual([`You said: wamid.rot-${phone}`]);
});

test('an inactive channel answers the provider 200 and drops messages, and an activated one answers visitors again', async () => {
  const phone = '491750000031';
  const channel = await create({ active: true });
  const header = headerOf(channel);
  await ask('POST', `/${channel.id}/deactivate`);
  expect(journey.provider.account(channel.token).webhook?.url).toBe(channel.webhookUrl);
  expect(await say(channel.webhookUrl, phone, 'wamid.inactive-1', header)).toBe(200);
  await journey.runtime.idle();
  expect(turnsOf(phone)).toEqual([]);

  await ask('PATCH', `/${channel.id}`, { body: { active: true } });
  expect(await say(channel.webhookUrl, phone, 'wamid.inactive-2', header)).toBe(200);
  await journey.runtime.idle();
  expect(turnsOf(phone)).toEqual(['wamid.inactive-2']);
});

test('when a channel is deleted while a message is worked on, nothing is sent, no job stays behind, and the provider gets 200', async () => {
  const phone = '491750000041';
  const channel = await create({ active: true });
  const header = headerOf(channel);
  const thinking = Promise.withResolvers<void>();
  journey.agent.next(async () => {
    await thinking.promise;
    return { replies: ['too late', 'for this'] };
  });
  expect(await say(channel.webhookUrl, phone, 'wamid.deleted-1', header)).toBe(200);
  await until(() => turnsOf(phone).length === 1);

  expect((await ask('DELETE', `/${channel.id}`)).json.code).toBe('channel-active');
  expect((await ask('POST', `/${channel.id}/deactivate`)).status).toBe(200);
  expect((await ask('DELETE', `/${channel.id}`)).status).toBe(204);
  thinking.resolve();
  await journey.runtime.idle();

  expect(texts(phone)).toEqual([]);
  expect(await say(channel.webhookUrl, phone, 'wamid.deleted-2', header)).toBe(200);
  await journey.runtime.idle();
  expect(turnsOf(phone)).toEqual(['wamid.deleted-1']);
  expect((await ask('GET', `/${channel.id}`)).json.code).toBe('channel-unknown');
  const letters = (await journey.items(`DEAD#${channel.id}`)).map(({ code }) => code);
  expect(letters).toEqual([]);
}, 60_000);

test('the check says when messages, statuses and the secret header last came', async () => {
  const phone = '491750000051';
  const channel = await create({ active: true });
  const codes = async () => {
    const { json } = await ask('POST', `/${channel.id}/check`);
    return json.findings?.map(({ code }) => code) ?? [];
  };
  expect(await codes()).toEqual(expect.arrayContaining(['inbound-never', 'status-never']));
  expect(await say(channel.webhookUrl, phone, 'wamid.lastSeen-1')).toBe(200);
  await journey.runtime.idle();
  // The message was posted without the header; the provider's statuses come with it.
  expect(await codes()).toEqual(
    expect.arrayContaining(['inbound-seen', 'status-seen', 'header-arriving', 'webhook-ours']),
  );
});
