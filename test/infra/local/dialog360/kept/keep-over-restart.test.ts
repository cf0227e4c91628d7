import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dialog360Double } from '../../../../../infra/local/dialog360/double.ts';
import { keepOverRestart } from '../../../../../infra/local/dialog360/kept/keep-over-restart.ts';
import { answerPlay } from '../../../../../infra/local/dialog360/play/answer-play.ts';
import { listenOnLoopback } from '../../../../../infra/local/http/listen-on-loopback.ts';
import { json, serve } from '../../../../../infra/local/http/serve.ts';

const KEY = 'ours';
const ANNA = '491700000001';
/** As much of a picture as tells its type. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

let folder: string;
let doubles: Dialog360Double[];
let webhook: Awaited<ReturnType<typeof listenOnLoopback>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
  doubles = [];
  webhook = await listenOnLoopback(serve(async () => json(200, {})));
});
afterEach(async () => {
  await Promise.all(doubles.map((double) => double.stop()));
  await webhook.close();
  rmSync(folder, { recursive: true });
});

/** The double of a run that listens there. */
function at(publicUrl: string): Dialog360Double {
  const double = new Dialog360Double({ statusGapMs: 1 });
  double.url = `${publicUrl}/sandbox/360dialog`;
  keepOverRestart(double, join(folder, 'data'), publicUrl);
  doubles.push(double);
  return double;
}

const ask = (path: string, body: object, key = KEY) => ({
  method: 'POST',
  path,
  query: 'wait=0',
  headers: { 'd360-api-key': key, 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
  sizeBytes: 1,
  sourceIp: '127.0.0.1',
});
const register = (double: Dialog360Double, key: string, url: string) =>
  double.answerTo(ask('/v1/configs/webhook', { url, headers: { 'x-secret': key } }, key));
async function send(double: Dialog360Double, body: string): Promise<void> {
  const message = { messaging_product: 'whatsapp', to: `+${ANNA}`, type: 'text', text: { body } };
  await double.answerTo(ask('/messages', message));
  expect(double.refusals).toEqual([]);
}
const plays = (double: Dialog360Double, body: object) =>
  answerPlay(double, ask('/play', { from: ANNA, name: 'Anna', ...body }));

test('registered webhooks outlive a restart, and follow the runtime to another port', async () => {
  const before = at('http://localhost:3000');
  await register(before, 'ours', 'http://localhost:3000/webhooks/ch_1/t');
  await register(before, 'foreign', 'http://localhost:30001/webhooks/ch_1/t');

  const after = at('http://localhost:4000');
  expect(after.account('ours').webhook).toEqual({
    url: 'http://localhost:4000/webhooks/ch_1/t',
    headers: { 'x-secret': 'ours' },
  });
  expect(after.account('foreign').webhook?.url).toBe('http://localhost:30001/webhooks/ch_1/t');
});

test('a chat outlives a restart as it was in the end, in its order, with the visitor’s name', async () => {
  const before = at('http://localhost:3000');
  await register(before, KEY, `http://localhost:${webhook.port}/`);
  await plays(before, { text: 'Hello' });
  await send(before, 'Good evening');
  await before.idle();
  const [hello, evening] = before.account(KEY).chat(ANNA);
  await plays(before, { edit: { to: hello?.message_id, text: 'Hello there' } });
  await plays(before, { reaction: { emoji: '👍', to: evening?.message_id } });

  const kept = before.account(KEY).chat(ANNA);
  expect(kept.map(({ text }) => text).slice(0, 2)).toEqual(['Hello there', 'Good evening']);
  expect(kept[1]).toMatchObject({
    statuses: ['accepted', 'sent', 'delivered', 'read'],
    reactions: [{}],
  });
  const after = at('http://localhost:3000').account(KEY);
  expect(after.chat(ANNA)).toEqual(kept);
  expect(after.chats.nameOf(ANNA)).toBe('Anna');
});

test('a run that dies while it writes loses that line alone', async () => {
  const before = at('http://localhost:3000');
  await send(before, 'One');
  await before.idle();
  appendFileSync(join(folder, 'data/360dialog-chats.jsonl'), '{"key":"ours","person":"4917');
  const between = at('http://localhost:3000');
  await send(between, 'Two');
  await between.idle();
  const texts = at('http://localhost:3000')
    .account(KEY)
    .chat(ANNA)
    .map(({ text }) => text);
  expect(texts).toEqual(['One', 'Two']);
});

test('the file of the chats holds each line once after a start', async () => {
  const before = at('http://localhost:3000');
  await register(before, KEY, `http://localhost:${webhook.port}/`);
  await send(before, 'One');
  await before.idle();
  const lines = () =>
    readFileSync(join(folder, 'data/360dialog-chats.jsonl'), 'utf8').trim().split('\n').length;
  expect(lines()).toBeGreaterThan(1);
  at('http://localhost:3000');
  expect(lines()).toBe(1);
});

test('files of both sides outlive a restart, and are named by the address of the new run', async () => {
  const before = at('http://localhost:3000');
  await register(before, KEY, `http://localhost:${webhook.port}/`);
  await plays(before, { file: { data: PNG.toString('base64'), name: 'a.png' } });
  const pdf = {
    mimeType: 'application/pdf',
    filename: 'b.pdf',
    sizeBytes: 3,
    bytes: Buffer.from('pdf'),
  };
  const uploaded = before.account(KEY).files.keep(pdf, false);

  const after = at('http://localhost:4000').account(KEY);
  const [line] = after.chat(ANNA);
  const id = line?.media?.url.match(
    /^http:\/\/localhost:4000\/sandbox\/360dialog\/files\/(\d+)$/,
  )?.[1];
  expect(after.files.received.get(id ?? '')).toEqual({ mimeType: 'image/png', bytes: PNG });
  expect(after.files.find(uploaded)).toEqual(pdf);
});

test('a file whose description was not written any more is no file', async () => {
  const before = at('http://localhost:3000');
  const kept = { mimeType: 'image/png', filename: 'a.png', sizeBytes: PNG.length, bytes: PNG };
  const id = before.account(KEY).files.keep(kept, false);
  rmSync(join(folder, `data/360dialog-files/${id}.json`));
  expect(at('http://localhost:3000').account(KEY).files.find(id)).toBeUndefined();
  expect(readdirSync(join(folder, 'data/360dialog-files'))).toEqual([id]);
});
