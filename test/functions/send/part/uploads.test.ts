import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type HttpAnswer, serve } from '../../../../infra/local/http/serve.ts';
import { replyView } from '../../../../shared/rules/delivery/reply-view.ts';
import { uploadsKey } from '../../../../shared/store/keys.ts';
import { putItem } from '../../../../shared/store/table.ts';
import { LoopbackServers } from '../../../support/loopback-servers.ts';
import { openSendStage } from '../stage.ts';

const stage = openSendStage();
const servers = new LoopbackServers();
let url = '';
/** How often the agent's own server was asked for the file. */
let fetches = 0;
beforeAll(async () => {
  const body = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]);
  const { port } = await servers.http(
    serve(() => {
      fetches += 1;
      return { status: 200, headers: { 'content-type': 'image/png' }, body };
    }),
  );
  url = `http://127.0.0.1:${port}/a.png`;
});
afterAll(() => servers.closeAll());
const takeBack: (() => void)[] = [];
afterEach(() => {
  for (const remove of takeBack.splice(0)) remove();
});

const picture = () => ({ type: 'attachment', kind: 'image', send_as: 'file', url });
/** The next uploads are answered like this. */
function uploadsMeet(...answers: HttpAnswer[]): void {
  takeBack.push(
    stage.provider.onRequest(({ path }) => (path === '/media' ? answers.shift() : undefined)),
  );
}
const typesOf = (phone: string | null) =>
  stage.provider.sent
    .filter(({ request }) => request.phone === phone)
    .map(({ request }) => request.body.image ?? request.type);
const byId = { id: expect.stringMatching(/^\d+$/) };

test('a file that goes by id has lost nothing, though its own address could not have gone', async () => {
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, picture());
  await stage.deliver(job);
  expect(typesOf(chat.phone)).toEqual([byId]);
  expect(replyView(await stage.delivery(job)).notes).toEqual([]);

  uploadsMeet({ status: 500 });
  const second = stage.job(chat, picture());
  await stage.deliver(second);
  expect(replyView(await stage.delivery(second)).notes).toEqual(['media-as-link']);
});

test('files of one channel are uploaded at the pace 360dialog takes them, and none is lost', async () => {
  const channel = await stage.channel();
  const times: number[] = [];
  takeBack.push(
    stage.provider.onRequest(({ path }) => {
      if (path === '/media') times.push(stage.deps.now());
      return undefined;
    }),
  );
  for (let at = 0; at < 12; at++) {
    const chat = await stage.visitor(channel);
    expect(await stage.deliver(stage.job(chat, picture()))).toEqual([]);
    expect(typesOf(chat.phone)).toEqual([byId]);
  }
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  expect(gaps.slice(0, 4)).toEqual([0, 0, 0, 0]);
  expect(gaps.slice(4)).toEqual(Array(7).fill(50));
});

test('an upload that 360dialog has too many of waits as long as it says, and goes by id', async () => {
  uploadsMeet({ status: 429, headers: { 'retry-after': '7' } });
  const chat = await stage.visitor(await stage.channel());
  const job = stage.job(chat, picture());
  expect(await stage.deliver(job)).toEqual([7_000]);
  expect(typesOf(chat.phone)).toEqual([byId]);
  const { parts } = await stage.delivery(job);
  expect(parts[0]).toMatchObject({ attempts: 1 }); // the wait was none
});

test('what it says nothing about is tried again after a second, as often as it takes', async () => {
  uploadsMeet({ status: 429 }, { status: 429 }, { status: 429 });
  const chat = await stage.visitor(await stage.channel());
  expect(await stage.deliver(stage.job(chat, picture()))).toEqual([1_000, 1_000, 1_000]);
  expect(typesOf(chat.phone)).toEqual([byId]);
});

test('a reply that has waited as long as it may ends failed, and nothing of it is sent', async () => {
  const busy = { status: 429, headers: { 'retry-after': '50' } };
  uploadsMeet(...Array(10).fill(busy));
  const chat = await stage.visitor(await stage.channel({ max_wait_minutes: 1 }));
  const job = stage.job(chat, picture());
  await stage.deliver(job);
  const { parts } = await stage.delivery(job);
  expect(parts[0]).toMatchObject({ status: 'failed', code: 'provider-429' });
  expect(typesOf(chat.phone)).toEqual([]);
});

test('a slot that is far away gives the job back to the queue, and the file is fetched again then', async () => {
  const channel = await stage.channel();
  const paceAt = stage.deps.now() + 30_000;
  await putItem(stage.table, { ...uploadsKey(channel.id), pace_at: paceAt });
  fetches = 0;
  const chat = await stage.visitor(channel);
  const [waitMs = 0, ...more] = await stage.deliver(stage.job(chat, picture()));
  expect(waitMs).toBeGreaterThan(29_000);
  expect(waitMs).toBeLessThanOrEqual(30_000);
  expect(more).toEqual([]);
  expect([fetches, typesOf(chat.phone)]).toEqual([2, [byId]]);
});
