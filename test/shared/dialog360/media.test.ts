import { expect, test } from 'vitest';
import { type HttpAnswer, type HttpAsk, json } from '../../../infra/local/http/serve.ts';
import { uploadMedia } from '../../../shared/dialog360/media.ts';
import { useProviderStub } from '../../support/provider-stub.ts';

const provider = useProviderStub();
const upload = {
  bytes: Buffer.from([0, 13, 10, 255, 45, 45, 0]),
  mimeType: 'image/png',
  filename: 'Ж "b"\r\n.png',
};

const formOf = async ({ body, headers }: HttpAsk) => {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  }).formData();
  const file = form.get('file') as File;
  return {
    product: form.get('messaging_product'),
    type: form.get('type'),
    file: { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) },
  };
};

test('a file goes as a form, byte for byte, and its name cannot break out of it', async () => {
  provider.says(json(200, { id: '4711' }));
  expect(await uploadMedia(provider.account(), upload, { reach: 'local' })).toEqual({
    kind: 'uploaded',
    id: '4711',
  });
  const [ask] = provider.asked;
  expect(ask).toMatchObject({ method: 'POST', path: '/base/media' });
  expect(ask?.headers['d360-api-key']).toBe('key-1');
  expect(ask && (await formOf(ask))).toEqual({
    product: 'whatsapp',
    type: 'image/png',
    file: { name: 'Ж _b___.png', type: 'image/png', bytes: upload.bytes },
  });
});

test('the old API takes the bytes alone', async () => {
  provider.says(json(201, { media: [{ id: 'f043afd0' }] }));
  const account = provider.account('on-premise');
  expect(await uploadMedia(account, upload, { reach: 'local' })).toEqual({
    kind: 'uploaded',
    id: 'f043afd0',
  });
  expect(provider.asked[0]).toMatchObject({ path: '/base/v1/media', body: upload.bytes });
  expect(provider.asked[0]?.headers['content-type']).toBe('image/png');
});

const meta = (code: number, status = 400) => json(status, { error: { code, message: 'No' } });
const gateway = (status: number, developer_message: string) =>
  json(status, { meta: { success: false, http_code: status, developer_message } });

// biome-ignore format: a table reads by column
const ends: { when: string; answer: HttpAnswer; kind: 'refused' | 'failed'; reason: string }[] = [
  { when: 'WhatsApp will not have it',         answer: meta(131053),                            kind: 'refused', reason: 'provider-131053' },
  { when: 'a parameter is wrong',              answer: meta(100),                               kind: 'refused', reason: 'provider-100' },
  { when: 'it is too large for the gateway',   answer: { status: 413, body: '<html>' },         kind: 'refused', reason: 'provider-413' },
  { when: 'the key is refused',                answer: gateway(401, 'Invalid api_key'),         kind: 'failed',  reason: 'provider-401' },
  { when: 'the bill is not paid',              answer: gateway(400, 'lack of payment'),         kind: 'failed',  reason: 'provider-400' },
  { when: 'WhatsApp is away',                  answer: meta(131016, 500),                       kind: 'failed',  reason: 'provider-131016' },
  { when: 'the gateway is away',               answer: { status: 502, body: '' },               kind: 'failed',  reason: 'provider-502' },
  { when: 'a 200 holds WhatsApp’s refusal',    answer: meta(131053, 200),                       kind: 'refused', reason: 'provider-131053' },
  { when: 'a 200 holds a refused key',         answer: json(200, { meta: { success: false, http_code: 401 } }), kind: 'failed', reason: 'provider-401' },
  { when: 'the answer names nothing',          answer: json(200, { media: 'no' }),              kind: 'failed',  reason: 'provider-200' },
  { when: 'the answer is not JSON',            answer: { status: 200, body: 'ok' },             kind: 'failed',  reason: 'provider-200' },
  { when: 'the connection breaks',             answer: 'reset',                                 kind: 'failed',  reason: 'reset' },
];

test.each(ends)('when $when the upload has $kind', async ({ answer, kind, reason }) => {
  provider.says(answer);
  expect(await uploadMedia(provider.account(), upload, { reach: 'local' })).toEqual({
    kind,
    reason,
  });
});

// biome-ignore format: a table reads by column
const tooFast = [
  { when: 'uploads come too fast',                   answer: { status: 429, body: '' },                                   reason: 'provider-429',    retryAfterMs: null },
  { when: 'the answer says how long to wait',        answer: { status: 429, headers: { 'retry-after': '7' }, body: '' },  reason: 'provider-429',    retryAfterMs: 7_000 },
  { when: 'the gateway says so with a sentence',     answer: gateway(400, 'endpoint rate limit exceeded'),                reason: 'provider-400',    retryAfterMs: null },
  { when: 'WhatsApp says so with a code',            answer: meta(130429),                                                reason: 'provider-130429', retryAfterMs: null },
];

test.each(tooFast)('when $when the upload may be tried later', async ({
  answer,
  reason,
  retryAfterMs,
}) => {
  provider.says(answer);
  expect(await uploadMedia(provider.account(), upload, { reach: 'local' })).toEqual({
    kind: 'too-fast',
    reason,
    retryAfterMs,
  });
});
