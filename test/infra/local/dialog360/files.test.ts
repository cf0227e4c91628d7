import { afterEach, beforeEach, expect, test } from 'vitest';
import { type StartedDouble, startDouble } from '../../../../infra/local/dialog360/start-double.ts';
import { someTemplate } from '../../../support/some-template.ts';

let provider: StartedDouble;
beforeEach(async () => {
  provider = await startDouble({ statusGapMs: 1 });
});
afterEach(() => provider.stop());

const MB = 1024 * 1024;
const bytesOf = (size: number) => new Uint8Array(size).fill(7);
const headers = { 'D360-API-KEY': 'key-1' };

const form = (fields: Record<string, string | Blob>) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, 'a.bin');
  }
  return body;
};
const good = (type = 'image/png', size = 10) => ({
  messaging_product: 'whatsapp',
  file: new Blob([bytesOf(size)], { type }),
  type,
});
const call = async (path: string, init: RequestInit) => {
  const answer = await fetch(`${provider.url}${path}`, {
    method: 'POST',
    ...init,
    headers: { ...headers, ...init.headers },
  });
  return { status: answer.status, body: await answer.json() };
};
const upload = (fields: Record<string, string | Blob>) => call('/media', { body: form(fields) });
const send = (message: Record<string, unknown>) =>
  call('/messages', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: '+491700000001', ...message }),
  });
const idOf = async (type?: string, size?: number) =>
  ((await upload(good(type, size))).body as { id: string }).id;

test('the double takes an upload, and a message with the file’s id', async () => {
  const { status, body } = await upload(good());
  expect(status).toBe(200);
  expect(body).toEqual({ id: expect.stringMatching(/^\d{16}$/) });
  expect((await send({ type: 'image', image: body })).status).toBe(200);
  expect(provider.double.refusals).toEqual([]);
});

test('the old API takes an upload of the bytes alone', async () => {
  const { status, body } = await call('/v1/media', {
    headers: { 'content-type': 'image/png' },
    body: bytesOf(3),
  });
  expect({ status, body }).toEqual({
    status: 200,
    body: { media: [{ id: expect.stringMatching(/^[0-9a-f-]{36}$/) }] },
  });
});

// biome-ignore format: a table reads by column
const uploads: { what: string; fields: Record<string, string | Blob>; details: RegExp }[] = [
  { what: 'no product',          fields: { ...good(), messaging_product: 'signal' },      details: /messaging_product/ },
  { what: 'no file',             fields: { messaging_product: 'whatsapp' },               details: /file: is missing/ },
  { what: 'text for a file',     fields: { messaging_product: 'whatsapp', file: 'x' },    details: /file: is missing/ },
  { what: 'another type',        fields: { ...good(), type: 'image/jpeg' },               details: /type: is not/ },
  { what: 'an unknown field', fields: { ...good(), colour: 'red' },                   details: /unexpected colour/ },
  { what: 'an empty file',       fields: good('image/png', 0),                            details: /is empty/ },
];

test.each(uploads)('an upload with $what is refused', async ({ fields, details }) => {
  const { status, body } = await upload(fields);
  expect(status).toBe(400);
  expect(body).toMatchObject({
    error: { code: 100, error_data: { details: expect.stringMatching(details) } },
  });
  expect(provider.double.refusals).toHaveLength(1);
});

test('an upload without a type, and one that is not a form, is refused', async () => {
  expect((await call('/v1/media', { body: bytesOf(3) })).status).toBe(400);
  const json = { headers: { 'content-type': 'application/json' }, body: '{}' };
  expect((await call('/media', json)).status).toBe(400);
});

// biome-ignore format: a table reads by column
const sends: { what: string; type: string; mimeType: string; mb: number; details: RegExp }[] = [
  { what: 'a WebP as an image',  type: 'image', mimeType: 'image/webp', mb: 1, details: /cannot be sent as image/ },
  { what: 'an image too large',  type: 'image', mimeType: 'image/png',  mb: 6, details: /too large/ },
  { what: 'a PDF as audio',      type: 'audio', mimeType: 'application/pdf', mb: 1, details: /cannot be sent as audio/ },
];

test.each(sends)('a message with $what is refused', async ({ type, mimeType, mb, details }) => {
  const id = await idOf(mimeType, mb * MB);
  const { status, body } = await send({ type, [type]: { id } });
  expect(status).toBe(400);
  expect(body).toMatchObject({
    error: { error_data: { details: expect.stringMatching(details) } },
  });
});

test('an unknown file id is refused in any place of a message', async () => {
  const image = { id: '4711' };
  const header = { type: 'image', image };
  const messages = [
    { type: 'image', image },
    {
      type: 'template',
      template: {
        name: 'hello',
        language: { code: 'en' },
        components: [{ type: 'header', parameters: [header] }],
      },
    },
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        header,
        body: { text: '?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] },
      },
    },
  ];
  for (const message of messages) {
    expect((await send(message)).body).toMatchObject({
      error: { error_data: { details: expect.stringContaining('is not a valid') } },
    });
  }
  expect(provider.double.sent).toEqual([]);
});

test('a test can have links and uploads refused, which does not count as a fault of the product', async () => {
  const { double } = provider;
  const image = { link: 'https://cdn.example/a.jpg' };
  for (const code of [131053, 131009] as const) {
    double.files.links = code;
    expect((await send({ type: 'image', image })).body).toMatchObject({
      error: { code, error_data: { details: expect.stringMatching(/media/) } },
    });
  }
  double.files.uploads = 'refused';
  expect((await upload(good())).body).toMatchObject({ error: { code: 131053 } });
  expect(double.refusals).toEqual([]);
  expect(double.sent).toEqual([]);
});

test('a message with a link that cannot be fetched is taken, and fails later', async () => {
  const { double } = provider;
  const posted: unknown[] = [];
  double.account('key-1').webhook = { url: `${provider.url}/nowhere`, headers: {} };
  double.onRequest(({ path, body }) => {
    if (path === '/nowhere') posted.push(body);
    return path === '/nowhere' ? { status: 200 } : undefined;
  });
  double.files.links = 'failed-later';
  expect((await send({ type: 'image', image: { link: 'https://a.example/a.jpg' } })).status).toBe(
    200,
  );
  expect((await send({ type: 'text', text: { body: 'Hi' } })).status).toBe(200);
  await double.idle();

  const [image, text] = double.sent.map(({ line }) => line.statuses);
  expect(image).toEqual(['accepted', 'failed']);
  expect(text).toEqual(['accepted', 'sent', 'delivered', 'read']);
  expect(JSON.stringify(posted)).toContain('"code":131053');
});

test('when a test names the approved templates, the double refuses others', async () => {
  const template = (name: string) => ({
    type: 'template',
    template: { name, language: { code: 'en' } },
  });
  provider.double.templates = [someTemplate('hello')];
  expect((await send(template('hello'))).status).toBe(200);
  expect(await send(template('bye'))).toMatchObject({
    status: 404,
    body: { error: { code: 132001 } },
  });
});

test('the old API takes read receipts at its own endpoint', async () => {
  const put = (body: string) =>
    call('/v1/messages/ABGG%2B1', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
    });
  provider.double.account('key-1').chats.write('491700000001', {
    from: 'user',
    message_id: 'ABGG+1',
    type: 'text',
    text: 'Hi',
    at: new Date().toISOString(),
    statuses: [],
    history: [],
    reactions: [],
  });
  expect((await put('{"status":"read"}')).status).toBe(200);
  expect(provider.double.account('key-1').chat('491700000001')[0]?.statuses).toEqual(['read']);
  expect((await put('{"status":"read","typing":true}')).status).toBe(400);
});
