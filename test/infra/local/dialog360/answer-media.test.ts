import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedDouble, startDouble } from '../../../../infra/local/dialog360/start-double.ts';

const BYTES = Buffer.from('0123456789');
let started: StartedDouble;
beforeAll(async () => {
  started = await startDouble();
  started.double.account('key-1').files.received.set('77', { mimeType: 'image/png', bytes: BYTES });
});
afterAll(() => started.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${started.url}${path}`, { headers: { 'd360-api-key': 'key-1', ...headers } });

test('the lookup of the Cloud API names an address at Meta, which the host’s own path opens', async () => {
  const found = (await (await get('/77')).json()) as { url: string };
  expect(found).toMatchObject({
    id: '77',
    mime_type: 'image/png',
    file_size: 10,
    sha256: createHash('sha256').update(BYTES).digest('hex'),
  });
  const { origin, pathname, search } = new URL(found.url);
  expect(origin).toBe('https://lookaside.fbsbx.com');
  const answer = await get(pathname + search);
  expect(answer.headers.get('content-length')).toBe('10');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(BYTES);
});

test('the old API hands the file out at once', async () => {
  expect(await (await get('/v1/media/77')).text()).toBe('0123456789');
});

// biome-ignore format: a table reads by column
const ranges = [
  { range: 'bytes=2-4',   status: 206, text: '234',        says: 'bytes 2-4/10' },
  { range: 'bytes=8-',    status: 206, text: '89',         says: 'bytes 8-9/10' },
  { range: 'bytes=-3',    status: 206, text: '789',        says: 'bytes 7-9/10' },
  { range: 'bytes=0-99',  status: 200, text: '0123456789', says: null },
  { range: 'bytes=10-',   status: 416, text: '',           says: 'bytes */10' },
];

test.each(ranges)('$range: $status', async ({ range, status, text, says }) => {
  const answer = await get('/v1/media/77', { range });
  expect([answer.status, await answer.text()]).toEqual([status, text]);
  expect(answer.headers.get('content-range')).toBe(says);
});

test('what it does not have, and what another number has, it does not hand out', async () => {
  const lookup = await get('/78');
  expect([lookup.status, await lookup.json()]).toMatchObject([400, { error: { code: 100 } }]);
  expect((await get('/v1/media/78')).status).toBe(404);
  expect((await get('/whatsapp_business/attachments/?mid=78')).status).toBe(404);
  expect((await get('/77', { 'd360-api-key': 'key-2' })).status).toBe(400);
  expect((await get('/77', { 'd360-api-key': '' })).status).toBe(401);
});
