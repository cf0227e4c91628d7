import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../../infra/local/http/serve.ts';
import { MAX_MEDIA_BYTES } from '../../../shared/dialog360/download-media.ts';
import { openMediaStage } from './stage.ts';

const stage = openMediaStage();
const usual = { reach: 'local', lookUpMs: 2_000, answerMs: 2_000, idleMs: 2_000 } as const;
afterEach(() => {
  stage.deps.limits = usual;
});

const LOOKUP = /^\/\d+$/;
const FETCH = /^\/whatsapp_business\/attachments\/$/;
const OLD = /^\/v1\/media\//;

const gateway = (status: number, words: string) =>
  json(status, { meta: { success: false, http_code: status, developer_message: words } });
const html = (status: number): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><h1>Bad Gateway</h1></html>',
});
const TOO_LONG = String(MAX_MEDIA_BYTES + 1);
const pointsTo = (url: string) => json(200, { url, mime_type: 'image/jpeg', id: '1' });

interface Row {
  what: string;
  answer: HttpAnswer;
  status: number;
  code: string;
  /** Seconds; null: it is no use to come again. */
  again: number | null;
  says?: RegExp;
}

// biome-ignore format: a table reads by column
const bothSteps: Row[] = [
  { what: 'refuses the key',        answer: gateway(401, 'Invalid api_key'),        status: 502, code: 'media-refused',     again: 300,  says: /360dialog: Invalid api_key/ },
  { what: 'refuses the number',     answer: gateway(403, 'Number blocked'),         status: 502, code: 'media-refused',     again: 300,  says: /Number blocked/ },
  { what: 'has no such file',       answer: gateway(404, 'Media not found'),        status: 404, code: 'media-gone',        again: null, says: /send it again/ },
  { what: 'had it once',            answer: { status: 410 },                        status: 404, code: 'media-gone',        again: null },
  { what: 'is too busy',            answer: { status: 429, body: '' },              status: 503, code: 'media-unavailable', again: 1800 },
  { what: 'is too busy for a while', answer: { status: 429, headers: { 'retry-after': '90' } }, status: 503, code: 'media-unavailable', again: 90 },
  { what: 'says so with a 400',     answer: gateway(400, 'endpoint rate limit exceeded'), status: 503, code: 'media-unavailable', again: 1800 },
  { what: 'has a fault',            answer: gateway(500, 'Internal error'),         status: 503, code: 'media-unavailable', again: 30,   says: /Internal error/ },
  { what: 'is down behind a gateway', answer: html(502),                            status: 503, code: 'media-unavailable', again: 30,   says: /HTTP 502/ },
  { what: 'breaks the connection',  answer: 'reset',                                status: 503, code: 'media-unavailable', again: 30 },
  { what: 'answers a page',         answer: html(200),                              status: 502, code: 'media-refused',     again: 300 },
  { what: 'sends us elsewhere',     answer: { status: 302, headers: { location: 'https://evil.example/' } }, status: 502, code: 'media-refused', again: 300, says: /HTTP 302/ },
];
// biome-ignore format: a table reads by column
const lookupsOnly: Row[] = [
  { what: 'says there is no such object', answer: json(400, { error: { code: 100, message: 'does not exist' } }), status: 404, code: 'media-gone', again: null },
  { what: 'names no address',             answer: json(200, { id: '1' }),                                    status: 502, code: 'media-refused', again: 300 },
  { what: 'answers a list',               answer: json(200, []),                                             status: 502, code: 'media-refused', again: 300 },
  { what: 'names another host',           answer: pointsTo('https://evil.example/whatsapp_business/attachments/?mid=1'), status: 502, code: 'media-refused', again: 300, says: /not WhatsApp/ },
  { what: 'names a host that looks like it', answer: pointsTo('https://lookaside.fbsbx.com.evil.example/x'), status: 502, code: 'media-refused', again: 300 },
  { what: 'names it without TLS',         answer: pointsTo('http://lookaside.fbsbx.com/x'),                  status: 502, code: 'media-refused', again: 300 },
  { what: 'names a user at it',           answer: pointsTo('https://a:b@lookaside.fbsbx.com/x'),             status: 502, code: 'media-refused', again: 300 },
  { what: 'names the metadata address',   answer: pointsTo('http://169.254.169.254/latest/meta-data/'),      status: 502, code: 'media-refused', again: 300 },
  { what: 'names no address at all',      answer: pointsTo('not an address'),                                status: 502, code: 'media-refused', again: 300 },
  { what: 'tells of 100 MB and a byte',   answer: json(200, { url: 'https://lookaside.fbsbx.com/x', file_size: TOO_LONG }), status: 502, code: 'media-refused', again: 300, says: /larger than 100 MB/ },
];
// biome-ignore format: a table reads by column
const filesOnly: Row[] = [
  { what: 'sends 100 MB and a byte', answer: { status: 200, headers: { 'content-length': TOO_LONG }, body: Readable.from([]) }, status: 502, code: 'media-refused', again: 300, says: /larger than 100 MB/ },
  { what: 'sends it packed',         answer: { status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' },              status: 502, code: 'media-refused', again: 300 },
  { what: 'sends a part unasked',    answer: { status: 206, headers: { 'content-range': 'bytes 0-0/9' }, body: 'x' },          status: 502, code: 'media-refused', again: 300 },
  { what: 'answers JSON',            answer: json(200, { error: 'no' }),                                                       status: 502, code: 'media-refused', again: 300 },
];

async function isTold(row: Row, hosting: 'cloud' | 'on-premise', path: RegExp): Promise<void> {
  stage.answers(path, row.answer);
  const url = stage.link(await stage.channel({ hosting }), stage.file('a'), { type: 'image/jpeg' });
  const answer = await stage.ask(url);
  expect(stage.problem(answer)).toMatchObject({ status: row.status, code: row.code });
  expect(stage.problem(answer).detail).toMatch(row.says ?? /\w+ \w+.*\.$/);
  expect(answer.headers['retry-after']).toBe(row.again === null ? undefined : String(row.again));
  expect(answer.whole).toBe(true);

  // The next caller is told the same, and the provider is not asked again.
  const asked = stage.asked().length;
  const again = await stage.ask(url);
  expect(stage.problem(again)).toMatchObject({ status: row.status, code: row.code });
  expect(stage.asked()).toHaveLength(asked);
}

describe('a provider that', () => {
  test.each([
    ...bothSteps,
    ...lookupsOnly,
  ])('$what when it is asked where the file is: $status $code', (row) =>
    isTold(row, 'cloud', LOOKUP));

  test.each([...bothSteps, ...filesOnly])('$what when the file is fetched: $status $code', (row) =>
    isTold(row, 'cloud', FETCH));

  test.each([...bothSteps, ...filesOnly])('$what on the old API: $status $code', (row) =>
    isTold(row, 'on-premise', OLD));

  test.each([
    { step: 'lookup', path: LOOKUP, hosting: 'cloud' },
    { step: 'file', path: FETCH, hosting: 'cloud' },
    { step: 'file of the old API', path: OLD, hosting: 'on-premise' },
  ] as const)('hangs before the $step: 503 once the time is up', async ({ path, hosting }) => {
    stage.deps.limits = { ...usual, lookUpMs: 60, answerMs: 60 };
    await isTold(
      { what: '', answer: 'no-answer', status: 503, code: 'media-unavailable', again: 30 },
      hosting,
      path,
    );
  });

  test('refuses connections: 503', async () => {
    const channel = await stage.channel({ base_url: 'http://127.0.0.1:9' });
    const answer = await stage.ask(stage.link(channel, '1'));
    expect(stage.problem(answer)).toMatchObject({ status: 503, code: 'media-unavailable' });
  });
});

describe('between the two steps', () => {
  test('a lookup that has expired is made once more, and the file arrives', async () => {
    stage.answers(FETCH, (times) => (times === 1 ? gateway(404, 'URL expired') : undefined));
    const id = stage.file('picture');
    const answer = await stage.ask(stage.link(await stage.channel(), id));
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('picture') });
    const fetched = 'GET /whatsapp_business/attachments/';
    expect(stage.asked()).toEqual([`GET /${id}`, fetched, `GET /${id}`, fetched]);
  });

  test('once, and not again', async () => {
    stage.answers(FETCH, gateway(404, 'URL expired'));
    const answer = await stage.ask(stage.link(await stage.channel(), stage.file('a')));
    expect(stage.problem(answer)).toMatchObject({ status: 404, code: 'media-gone' });
    expect(stage.asked()).toHaveLength(4);
  });

  test('an address on the channel’s own host is taken as it is', async () => {
    const id = stage.file('picture');
    const path = `/whatsapp_business/attachments/?mid=${id}`;
    stage.answers(LOOKUP, pointsTo(`${stage.providerUrl}${path}`));
    const answer = await stage.ask(stage.link(await stage.channel(), id));
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('picture') });
  });
});
