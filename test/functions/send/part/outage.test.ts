// 360dialog is away for a while: nothing is lost, nothing goes twice, and nobody hammers it.
import { afterEach, expect, test } from 'vitest';
import { goAway } from '../../../../infra/local/dialog360/go-away.ts';
import type { HttpAnswer } from '../../../../infra/local/http/serve.ts';
import { channelKey } from '../../../../shared/store/keys.ts';
import { LoopbackServers } from '../../../support/loopback-servers.ts';
import { metaError, openSendStage } from '../stage.ts';

const stage = openSendStage();
const servers = new LoopbackServers();
const removals: (() => void)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0)) remove();
  await servers.closeAll();
});

const MINUTE_MS = 60_000;
const requests = () => stage.provider.requests.filter(({ path }) => path === '/messages').length;
const codes = () =>
  stage.queued().map((job) => (job.kind === 'delivery-news' ? job.news.code : job.kind));

test('while 360dialog’s messaging backend is away for ten minutes a reply waits, asks seldom, and goes once', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'good evening');
  const comeBack = goAway(stage.provider);
  removals.push(comeBack);
  const [startedAt, before] = [stage.deps.now(), requests()];
  let away = true;
  for (let end = await stage.run(job); end !== 'done'; end = await stage.run(job)) {
    expect(end.waitMs).toBeLessThanOrEqual(75_000); // so long at most after it is back
    stage.pass(end.waitMs);
    if (away && stage.deps.now() - startedAt >= 10 * MINUTE_MS) {
      away = false;
      comeBack();
    }
  }
  expect(stage.texts(chat)).toEqual(['good evening']);
  expect(requests() - before).toBeLessThanOrEqual(18);
  expect(stage.deps.now() - startedAt).toBeLessThan(12 * MINUTE_MS);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'accepted', code: null });
  expect(codes()).toEqual([]);
});

test('a 5xx of 360dialog counts as a failure of it in whichever words, and a no does not', async () => {
  const channel = await stage.channel();
  const failures = async () =>
    (await stage.table.look(channelKey(channel.id)))?.provider_failures ?? 0;
  const say = async (answer: HttpAnswer) => {
    removals.push(stage.provider.onSend(() => answer));
    await stage.run(stage.job(await stage.visitor(channel), 'good evening'));
    for (const remove of removals.splice(0)) remove();
  };
  await say(metaError(131016, 503));
  await say({ status: 502, body: '<html>' });
  expect(await failures()).toBe(2);
  await say(metaError(131026, 400));
  expect(await failures()).toBe(0);
});

test('a backend that stays away for longer than the reply may wait ends it, and the agent is told why', async () => {
  const chat = await stage.visitor(await stage.channel({ max_wait_minutes: 2 }));
  const job = stage.job(chat, 'good evening');
  removals.push(goAway(stage.provider));
  await stage.deliver(job);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'failed',
    code: 'provider-unreachable',
    reason: 'Messaging backend not available',
  });
  expect(codes()).toEqual(['provider-unreachable']);
});

test('an unknown outcome before the outage stays at one further try that may have been carried out', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, 'twice at most');
  removals.push(stage.provider.onSend(() => 'reset'));
  await stage.run(job); // taken, and nothing says so
  stage.pass(20_000);
  const comeBack = goAway(stage.provider);
  expect(await stage.run(job)).toEqual({ waitMs: expect.any(Number) });
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ status: 'waiting', unknowns: 1 });
  comeBack();
  await stage.deliver(job);
  expect(stage.texts(chat)).toEqual(['twice at most', 'twice at most']);
  expect(codes()).toEqual(['outcome-unknown']);
});

test.each([
  ['http', 'no server listens'],
  ['https', 'TLS is not spoken there'],
])('%s: where %s nothing was sent, and the reply waits until 360dialog is there', async (scheme) => {
  const { port } = await servers.tcp((socket) => socket.destroy());
  const at = scheme === 'http' ? await servers.unusedPort() : port;
  const channel = await stage.channel({}, { base_url: `${scheme}://127.0.0.1:${at}` });
  const chat = await stage.visitor(channel);
  const job = stage.job(chat, 'good evening');
  for (let tries = 1; tries <= 6; tries++) {
    const end = await stage.run(job);
    if (end === 'done') expect.fail('it was given up');
    expect((await stage.delivery(job)).parts[0]).toMatchObject({
      status: 'waiting',
      code: 'provider-unreachable',
      attempts: tries,
    });
    stage.pass(end.waitMs);
  }
});
