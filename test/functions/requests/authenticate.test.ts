import { expect, test } from 'vitest';
import { CALLS, openThrottle } from '../../../functions/requests/throttle.ts';
import { secretHash } from '../../../shared/kernel/hash.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { keyOf, openRequestsStage, tokenOf } from './stage.ts';

const stage = openRequestsStage();
const UNKNOWN = 'ch_00000000000000000000';

const endpoints = [
  'POST /messages',
  'GET /chats?phone=491713950001',
  `GET /chats/${'a'.repeat(40)}`,
  `DELETE /chats/${'a'.repeat(40)}`,
  `POST /chats/${'a'.repeat(40)}/pause`,
  `POST /chats/${'a'.repeat(40)}/resume`,
  'GET /replies/rep_1',
  'GET /templates',
];

test.each(
  endpoints,
)('%s answers the channel’s own key, and everything else the same 401', async (endpoint) => {
  const [channel, other] = [await stage.channel(), await stage.channel()];
  const body = endpoint.startsWith('POST') ? {} : undefined;
  const answers = await Promise.all([
    stage.ask(channel, endpoint, body, { authorization: '' }),
    stage.ask(channel, endpoint, body, { authorization: 'Bearer wrong' }),
    stage.ask(channel, endpoint, body, { authorization: keyOf(channel) }),
    stage.ask(channel, endpoint, body, { authorization: `Basic ${keyOf(channel)}` }),
    stage.ask(channel, endpoint, body, { authorization: `Bearer ${keyOf(other)}` }),
    stage.ask(channel, endpoint, body, { authorization: `Bearer ${tokenOf(channel)}` }),
    stage.ask({ id: UNKNOWN }, endpoint, body),
    stage.ask({ id: 'nonsense' }, endpoint, body),
  ]);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1); // a guesser learns nothing
  expect(answers[0]).toMatchObject({
    status: 401,
    body: {
      code: 'unauthorized',
      detail: expect.stringMatching(/in a header: authorization: Bearer d360c_… It was shown when/),
    },
  });
  expect(answers[0]?.headers['www-authenticate']).toBe('Bearer');
  const opened = await stage.ask(channel, endpoint, body);
  expect(opened.status).not.toBe(401);
});

test('the word Bearer may be written in any case', async () => {
  const channel = await stage.channel();
  const authorization = `bEARER ${keyOf(channel)}`;
  const { status } = await stage.ask(channel, 'GET /templates', undefined, { authorization });
  expect(status).not.toBe(401);
});

test('a new key works at once, and a withdrawn one does not work any more', async () => {
  const channel = await stage.channel();
  const endpoint = 'GET /chats?phone=491713950001';
  expect((await stage.ask(channel, endpoint)).status).toBe(404);
  const now = stage.deps.now();
  const access = {
    ...channel.access,
    api_key: [
      { sha256: secretHash('fresh'), valid_until: null },
      { sha256: secretHash(keyOf(channel)), valid_until: now + 1_000 },
    ],
  };
  await putItem(stage.table, { ...channelKey(channel.id), ...channel, access });
  const withKey = (key: string) =>
    stage.ask(channel, endpoint, undefined, { authorization: `Bearer ${key}` });
  expect((await withKey('fresh')).status).toBe(404);
  expect((await withKey(keyOf(channel))).status).toBe(404);
  stage.pass(1_000);
  expect((await withKey(keyOf(channel))).status).toBe(401);
});

test('the key of a deleted channel does not work', async () => {
  const channel = await stage.channel({}, { active: false, deleted_at: new Date().toISOString() });
  expect((await stage.ask(channel, 'GET /templates')).status).toBe(401);
});

test('a caller that is too fast must wait, and callers of other channels need not', async () => {
  const [fast, calm] = [await stage.channel(), await stage.channel()];
  const endpoint = `GET /chats/${'a'.repeat(40)}`;
  const standing = { ...stage.deps, now: () => 1_795_000_000_000 };
  const statuses = new Map<number, number>();
  let refused: Awaited<ReturnType<typeof stage.ask>> | undefined;
  const throttle = { ...standing.throttle, calls: openThrottle(CALLS, standing.now) };
  for (let asked = 0; asked < CALLS.burst + 5; asked++) {
    const answer = await stage.ask(fast, endpoint, undefined, { deps: { ...standing, throttle } });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status === 429) refused = answer;
  }
  expect(Object.fromEntries(statuses)).toEqual({ 404: CALLS.burst, 429: 5 });
  expect(refused?.headers['retry-after']).toBe('1');
  expect(refused?.body).toMatchObject({ code: 'rate-limited', status: 429 });
  const other = await stage.ask(calm, endpoint, undefined, { deps: { ...standing, throttle } });
  expect(other.status).toBe(404);
  const later = { ...standing, now: () => standing.now() + 1_000 };
  const slower = { ...throttle, calls: openThrottle(CALLS, later.now) };
  const again = await stage.ask(fast, endpoint, undefined, {
    deps: { ...later, throttle: slower },
  });
  expect(again.status).toBe(404);
});

test('a caller that guesses secrets is slowed down, and the channel’s own caller is not', async () => {
  const channel = await stage.channel();
  await stage.ask(channel, 'GET /templates');
  const guess = () =>
    stage.ask(channel, 'GET /templates', undefined, { authorization: 'Bearer guess' });
  const statuses = [];
  for (let guessed = 0; guessed < 40; guessed++) statuses.push((await guess()).status);
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
  expect(statuses).toContain(429);
  const own = await stage.ask(channel, `GET /chats/${'a'.repeat(40)}`);
  expect(own.status).toBe(404);
});

test('secrets are in no log line', async () => {
  const channel = await stage.channel();
  await stage.ask(channel, 'GET /replies/rep_1');
  await stage.ask(channel, 'GET /replies/rep_1', undefined, { authorization: 'Bearer guessed' });
  await stage.askAt(`GET /incoming_request/${channel.id}::${tokenOf(channel)}?chat_id=x`);
  for (const secret of [keyOf(channel), tokenOf(channel), 'guessed']) {
    expect(stage.logged()).not.toContain(secret);
  }
});
