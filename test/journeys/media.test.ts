import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChannel } from '../support/create-channel.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import {
  fetchFile,
  holdFile,
  type OldChannel,
  PROVIDER_KEY,
  sendFile,
  someBytes,
} from '../support/journey-files.ts';
import { editChannel } from '../support/journey-visitor.ts';

const OLD_KEY = 'journey-key-of-the-old-api';

let journey: Journey;
let old: OldChannel;
beforeAll(async () => {
  journey = await startJourney();
  const { webhookUrl } = await createChannel(journey.runtime.url, {
    token: OLD_KEY,
    hosting: 'on-premise',
    agent: { url: journey.agent.url },
    options: { typing_indicator: 'off' },
  });
  old = { webhookUrl, token: OLD_KEY };
});
afterAll(() => journey.stop());

/** A visitor of one of the two channels sends a message of this type. */
const send = (type: string, content: Record<string, unknown>, payload: 'v2' | 'v1' = 'v2') =>
  sendFile(journey, type, content, payload === 'v1' ? old : null);

// biome-ignore format: a table reads by column
const kinds = [
  { kind: 'image',    type: 'image',    mimeType: 'image/jpeg',             more: {},                                name: '.jpg',        shown: 'inline' },
  { kind: 'video',    type: 'video',    mimeType: 'video/mp4',              more: {},                                name: '.mp4',        shown: 'inline' },
  { kind: 'audio',    type: 'audio',    mimeType: 'audio/mpeg',             more: { voice: false },                  name: '.mp3',        shown: 'inline' },
  { kind: 'voice',    type: 'audio',    mimeType: 'audio/ogg; codecs=opus', more: { voice: true },                   name: '.ogg',        shown: 'inline' },
  { kind: 'document', type: 'document', mimeType: 'application/pdf',        more: { filename: 'Смета №7 — 最終.pdf' }, name: 'Смета №7 — 最終.pdf', shown: 'attachment' },
  { kind: 'document', type: 'document', mimeType: 'text/html',              more: { filename: 'page.html' },         name: 'page.html',   shown: 'attachment' },
  { kind: 'sticker',  type: 'sticker',  mimeType: 'image/webp',             more: { animated: false },               name: '.webp',       shown: 'inline' },
];

describe.each(['v2', 'v1'] as const)('with payload version %s', (payload) => {
  test.each(
    kinds,
  )('the agent downloads a $kind of type $mimeType: bytes, type and name', async (row) => {
    const bytes = someBytes();
    const id = holdFile(journey, payload === 'v2' ? PROVIDER_KEY : OLD_KEY, {
      mimeType: row.mimeType,
      bytes,
    });
    const hash = createHash('sha256').update(bytes);
    const sha256 = payload === 'v2' ? hash.digest('base64') : hash.digest('hex');
    const type = payload === 'v1' && row.kind === 'voice' ? 'voice' : row.type;
    const content = { id, mime_type: row.mimeType, sha256, ...row.more };
    const { file, clientMessage } = await send(type, content, payload);

    const answer = await fetchFile(file);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-type')).toBe(row.mimeType);
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
    const disposition = answer.headers.get('content-disposition') ?? '';
    const name = decodeURIComponent(disposition.match(/filename\*=UTF-8''(\S+)$/)?.[1] ?? '');
    expect(name).toBe(row.name.startsWith('.') ? id + row.name : row.name);
    expect(disposition.startsWith(`${row.shown}; `)).toBe(true);
    const hex = createHash('sha256').update(bytes).digest('hex');
    expect(answer.headers.get('etag')).toBe(`"${hex}"`);
    // What a script of the original reads.
    const address = payload === 'v2' ? file.url : `https://waba.360dialog.io/v1/media/${id}`;
    expect(clientMessage).toBe(`file:${row.kind}|${id}|${address}`);
  });
});

test('a part of a file, and its head', async () => {
  const bytes = someBytes();
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'video/mp4', bytes });
  const { file } = await send('video', { id, mime_type: 'video/mp4' });
  const part = await fetchFile(file, { headers: { range: 'bytes=100-299' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([
    206,
    `bytes 100-299/${bytes.length}`,
  ]);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 300))).toBe(true);
  const head = await fetchFile(file, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  expect(await head.text()).toBe('');
});

test('the address holds as long as the channel says', async () => {
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'image/png', bytes: someBytes() });
  await editChannel(journey, { options: { media_url_ttl_hours: 2 } });
  const { file } = await send('image', { id, mime_type: 'image/png' });
  const left = Date.parse(file.expires_at ?? '') - Date.now();
  expect(left).toBeGreaterThan(2 * 3_600_000 - 60_000);
  expect(left).toBeLessThanOrEqual(2 * 3_600_000);
  const answer = await fetchFile(file);
  const age = Number(answer.headers.get('cache-control')?.match(/^private, max-age=(\d+)$/)?.[1]);
  expect(age).toBeGreaterThan(7_100);
  expect(age).toBeLessThanOrEqual(7_200);
  await editChannel(journey, { options: { media_url_ttl_hours: 24 } });
});
