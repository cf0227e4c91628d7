import { afterEach, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../../../infra/local/http/serve.ts';
import { metaError, openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Every send gets this answer, and nothing is taken, until it is taken back. */
function refuse(answer: HttpAnswer): () => void {
  const remove = stage.provider.onRequest(({ path }) =>
    path === '/messages' ? answer : undefined,
  );
  removals.push(remove);
  return remove;
}
const requests = () => stage.provider.requests.filter(({ path }) => path === '/messages').length;
const news = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news : job.kind));

const gateway = (status: number, message: string) =>
  json(status, { meta: { success: false, http_code: status, developer_message: message } });

// biome-ignore format: a table reads by column
const passing: { when: string; answers: HttpAnswer[]; waits: number[] }[] = [
  { when: 'the proxy throttles, and says for how long', answers: [{ status: 429, headers: { 'retry-after': '7' }, body: '' }],       waits: [7] },
  { when: 'it throttles and says nothing',              answers: [{ status: 429, body: '' }],                                        waits: [1] },
  { when: 'the number sends too fast',                  answers: [metaError(130429), metaError(130429), metaError(130429)],          waits: [1, 2, 4] },
  { when: 'the visitor gets too much',                  answers: Array.from({ length: 6 }, () => metaError(131056)),                 waits: [1, 4, 16, 64, 256, 256] },
  { when: 'the account’s hour is used up',              answers: [metaError(80007)],                                                 waits: [60] },
  { when: 'WhatsApp is away, in Meta’s words',          answers: [metaError(131016, 500), metaError(131016, 500)],                   waits: [1, 2] },
  { when: 'it is being mended',                         answers: [metaError(131057, 500)],                                           waits: [1] },
  { when: 'something is wrong, and WhatsApp knows not what', answers: [metaError(131000, 500), metaError(131000, 500), metaError(131000, 500)], waits: [1, 2, 4] },
  { when: 'the gateway’s pace is too high',             answers: [gateway(400, 'endpoint rate limit exceeded')],                     waits: [1] },
];

test.each(passing)('when $when it waits, and goes', async ({ answers, waits }) => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'patience');
  const before = requests();
  for (const answer of answers) stage.provider.failNext(1, answer);
  // Each hook takes one request, in the order of their adding.
  const waited = await stage.deliver(job);
  expect(waited.map((ms) => Math.round(ms / SECOND))).toEqual(waits);
  expect(requests() - before).toBe(answers.length + 1);
  expect(stage.texts(chat)).toEqual(['patience']);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'accepted', code: null });
  expect(news()).toEqual([]);
});

// biome-ignore format: a table reads by column
const final: { when: string; answer: HttpAnswer; code: string; tries: number }[] = [
  { when: 'there is no WhatsApp on the number', answer: metaError(131026), code: 'provider-131026', tries: 1 },
  { when: 'a parameter is wrong',               answer: metaError(131009), code: 'provider-131009', tries: 1 },
  { when: 'the template is not there',          answer: metaError(132001, 404), code: 'provider-132001', tries: 1 },
  { when: 'only a phone number would do',       answer: metaError(131062), code: 'provider-131062', tries: 1 },
  { when: 'WhatsApp never knows what is wrong', answer: metaError(131000, 500), code: 'provider-131000', tries: 4 },
  { when: 'the old API says no',                answer: json(400, { errors: [{ code: 1013, title: 'User is not valid' }] }), code: 'provider-1013', tries: 1 },
  { when: 'the gateway says no without a code', answer: gateway(404, 'Not found'), code: 'provider-404', tries: 1 },
];

test.each(final)('when $when it fails, $code, and the agent hears why', async ({
  answer,
  code,
  tries,
}) => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'lost');
  const before = requests();
  refuse(answer);
  await stage.deliver(job);
  expect(requests() - before).toBe(tries);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'failed', code });
  expect(news()).toEqual([
    expect.objectContaining({ status: 'failed', code, reason: expect.any(String), part: 0 }),
  ]);
});

// biome-ignore format: a table reads by column
const endless: { when: string; answer: HttpAnswer; code: string }[] = [
  { when: 'the account stays blocked', answer: metaError(131042),                code: 'channel-blocked' },
  { when: 'the key stays refused',     answer: gateway(401, 'Invalid api_key'),  code: 'channel-blocked' },
  { when: 'it is throttled for ever',  answer: { status: 429, body: '' },        code: 'provider-429' },
];

test.each(endless)('when $when it fails after max_wait_minutes, $code', async ({
  answer,
  code,
}) => {
  const chat = await stage.visitor(await stage.channel({ max_wait_minutes: 5 }));
  const job = stage.job(chat, 'too late');
  refuse(answer);
  const waited = (await stage.deliver(job)).reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBeLessThanOrEqual(5 * MINUTE);
  expect(waited).toBeGreaterThan(3 * MINUTE);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'failed', code });
  expect(news()).toEqual([expect.objectContaining({ status: 'failed', code })]);
});

test('the provider cannot be reached: the reply waits, ever longer, until max_wait_minutes are over', async () => {
  const channel = await stage.channel({ max_wait_minutes: 2 }, { base_url: 'http://127.0.0.1:9' });
  const job = stage.job(await stage.visitor(channel), 'hello?');
  const waits = await stage.deliver(job);
  expect(waits.slice(0, 5).map((ms) => ms / SECOND)).toEqual([1, 2, 4, 8, 16]);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-unreachable',
  });
});

test('replies that were refused together do not come back together', async () => {
  const { deps } = stage;
  const chat = await stage.visitor(await stage.channel());
  const [even, odd] = [stage.job(chat, 'a'), stage.job(chat, 'b')];
  refuse(metaError(130429));
  const usual = deps.chance;
  expect(await stage.run(even)).toEqual({ waitMs: expect.closeTo(1_000, -2) });
  deps.chance = () => 1;
  expect(await stage.run(odd)).toEqual({ waitMs: expect.closeTo(1_250, -2) });
  deps.chance = usual;
});

test('a reply whose time is up while it waits expires', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, { type: 'text', text: 'news of now', valid_for: 30 });
  refuse({ status: 429, body: '' });
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'expired',
    code: 'expired',
  });
  expect(news()).toEqual([expect.objectContaining({ status: 'expired', code: 'expired' })]);
});

test('a part that cannot go stops the ones behind it, and the agent is told of one failure', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'x'.repeat(3 * 4096));
  let sends = 0;
  removals.push(
    stage.provider.onRequest(({ path }) => {
      if (path === '/messages') sends += 1;
      return sends === 2 ? metaError(131026) : undefined;
    }),
  );
  await stage.deliver(job);
  expect(sends).toBe(2);
  const { parts } = await stage.delivery(job);
  expect([0, 1, 2].map((part) => parts[part]?.status)).toEqual(['accepted', 'failed', 'failed']);
  expect(news()).toEqual([expect.objectContaining({ status: 'failed', part: 1, parts: 3 })]);
});

test('a refusal that is not about the file ends a picture, and its link does not go instead', async () => {
  const chat = await stage.visitor(await stage.channel());
  const picture = { type: 'attachment', kind: 'image', url: 'https://a.example/a.png' };
  const job = stage.job(chat, picture);
  refuse(metaError(131026));
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-131026',
  });
  expect(requests()).toBeGreaterThan(0);
  expect((await stage.delivery(job)).parts[0]?.as).toBeUndefined();
});

test('a part says whether something can go in its place should its file be refused later', async () => {
  const chat = await stage.visitor(await stage.channel());
  const url = 'https://a.example/a.png';
  const jobs = ['Hello', { type: 'attachment', kind: 'image', url }].map((one) =>
    stage.job(chat, one),
  );
  for (const job of jobs) await stage.deliver(job);
  const marks = await Promise.all(
    jobs.map(async (job) => (await stage.delivery(job)).parts[0]?.has_fallback),
  );
  expect(marks).toEqual([undefined, true]);
});
