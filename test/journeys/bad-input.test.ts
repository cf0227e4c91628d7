import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate, mutation, weightOf } from '../fuzz/mutations.ts';
import { goldens } from '../support/golden.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { until } from '../support/runtime-until.ts';
import { cloudText, flatText } from '../support/webhook-bodies.ts';

const fixtures = ['v1', 'v2'].flatMap((round) =>
  goldens(`fixtures/${round}`, `golden/inbound/${round}`).map(({ input }) => input as object),
);
const spoilt = fc
  .record({
    fixture: fc.constantFrom(...fixtures),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
  })
  .map(({ fixture, mutations }) => mutate(fixture, mutations));

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());

const texts = (phone: string) => journey.received(phone).map(({ request }) => request.text);

/** Posts a body and reads the whole answer. */
async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(5_000), // as patient as the provider (docs/360dialog.md#answering-webhooks)
  });
  return { status: answer.status, body: await answer.json(), headers: answer.headers };
}

/** Written as text, because JSON.parse reads deeper nesting than JSON.stringify writes. */
function writtenOut(body: object): string | null {
  try {
    return JSON.stringify(body);
  } catch {
    return null;
  }
}

const withToken = (token: string, channel = journey.channel.id) =>
  `${journey.runtime.url}/webhooks/${channel}/${token}`;

test.each([
  { what: 'not JSON', body: '{"messages":', status: 400, code: 'payload-unreadable' },
  { what: 'a list', body: '[]', status: 400, code: 'payload-unreadable' },
  { what: 'a number', body: '42', status: 400, code: 'payload-unreadable' },
  { what: 'empty', body: '', status: 400, code: 'payload-unreadable' },
  {
    what: 'one byte over 3 MB',
    body: JSON.stringify({ x: 'x'.repeat(3 * 1024 * 1024 + 1 - '{"x":""}'.length) }),
    status: 413,
    code: 'payload-too-large',
  },
])('the webhook answers a body that is $what with $status $code', async ({
  body,
  status,
  code,
}) => {
  const answer = await post(journey.channel.webhookUrl, body, {
    'x-webhook-secret': journey.channel.webhookHeader,
  });
  expect(answer).toMatchObject({ status, body: { status, code } });
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

test('the webhook reads a body of exactly 3 MB', async () => {
  const body = JSON.stringify({ x: 'x'.repeat(3 * 1024 * 1024 - '{"x":""}'.length) });
  expect(await journey.post(body)).toBe(200);
});

test('the webhook answers a wrong token and an unknown channel with the same 404', async () => {
  const token = 'x'.repeat(43);
  const body = JSON.stringify(cloudText({ phone: '491720000001', text: 'hi', id: 'wamid.bad-1' }));
  const wrong = await post(withToken(token), body);
  const unknown = await post(withToken(token, 'ch_00000000000000000000'), body);
  const nonsense = await post(withToken(token, 'nonsense'), body);
  const endless = await post(withToken(token, `ch_${'0'.repeat(3_000)}`), body);
  for (const answer of [wrong, unknown, nonsense, endless]) {
    expect(answer).toMatchObject({ status: 404, body: { code: 'channel-unknown' } });
  }
  expect(wrong.body).toEqual(unknown.body);
});

test('the webhook answers a wrong secret header with 401, and takes and counts a call without one', async () => {
  const body = cloudText({ phone: '491720000002', text: 'hi', id: 'wamid.bad-2' });
  expect(await journey.post(body, { 'x-webhook-secret': 'wrong' })).toBe(401);
  expect(await journey.post(body, {})).toBe(200);
  await journey.runtime.logged((entry) => entry['webhook-without-header'] === 1);
  await journey.runtime.idle();
  expect(texts('491720000002')).toEqual(['You said: hi']);
});

test('the webhook answers an empty object with 200 and keeps it as evidence', async () => {
  expect(await journey.post({})).toBe(200);
  const letter = await until(async () =>
    (await journey.items('DEAD#')).find(({ code }) => code === 'item-unread'),
  );
  expect(letter).toMatchObject({ channel_id: journey.channel.id, queue: 'inbound' });
});

test('a message without an id is kept as evidence, and the two messages beside it are answered', async () => {
  const [first, bad, third] = ['491720000011', '491720000012', '491720000013'].map((phone, at) =>
    flatText({ phone, text: `neighbour ${at}`, id: `ABGG-bad-${at}` }),
  );
  const message = bad?.messages[0] as { id?: string };
  delete message.id;
  const body = {
    contacts: [first, bad, third].flatMap((one) => one?.contacts ?? []),
    messages: [first, bad, third].flatMap((one) => one?.messages ?? []),
  };
  expect(await journey.post(body)).toBe(200);
  await journey.runtime.idle();

  expect(texts('491720000011')).toEqual(['You said: neighbour 0']);
  expect(texts('491720000012')).toEqual([]);
  expect(texts('491720000013')).toEqual(['You said: neighbour 2']);
  const letters = await journey.items('DEAD#');
  expect(letters.map(({ reason }) => reason)).toContain('message-without-id');
});

test('the webhook answers 503 while it cannot reach its queue, and takes the provider’s repeat', async () => {
  const body = cloudText({ phone: '491720000021', text: 'hi', id: 'wamid.bad-3' });
  const remove = journey.runtime.intercept(({ caller, service, moment }) =>
    caller === 'webhook' && service === 'sqs' && moment === 'before' ? 'hang' : 'pass',
  );
  const refused = await post(journey.channel.webhookUrl, JSON.stringify(body));
  expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  remove();
  expect(await journey.post(body)).toBe(200);
  await journey.runtime.idle();
  expect(texts('491720000021')).toEqual(['You said: hi']);
});

test('a GET of the webhook is answered 200, with the challenge when there is one', async () => {
  const plain = await fetch(journey.channel.webhookUrl);
  expect([plain.status, await plain.text()]).toEqual([200, '']);
  const challenged = await fetch(`${journey.channel.webhookUrl}?hub.challenge=1158201444`);
  expect(await challenged.text()).toBe('1158201444');
  expect(challenged.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(challenged.headers.get('x-content-type-options')).toBe('nosniff');
  for (const word of ['<b>', 'a b', 'x'.repeat(129)]) {
    const query = new URLSearchParams({ 'hub.challenge': word });
    expect(await (await fetch(`${journey.channel.webhookUrl}?${query}`)).text()).toBe('');
  }
});

test('characters that SQS would refuse reach the agent as the visitor wrote them, and so do emoji', async () => {
  const text = 'a\uFFFEb\uFFFFc 👩‍👩‍👧 д';
  const phone = '491720000031';
  expect(await journey.post(cloudText({ phone, text, id: 'wamid.bad-31' }))).toBe(200);
  await journey.runtime.idle();
  expect(texts(phone)).toEqual([`You said: ${text}`]);
});

test('the webhook answers 200 to any JSON object that comes with the token', async () => {
  journey.agent.answerWith(() => ({ replies: [] }));
  const statuses: number[] = [];
  for (const body of fc.sample(spoilt, { numRuns: 80, seed: 20_261_123 })) {
    const written = weightOf(body, 2_000_000) < 2_000_000 ? writtenOut(body) : null;
    if (written !== null) statuses.push(await journey.post(written));
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
  await journey.runtime.idle();
});
