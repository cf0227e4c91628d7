import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openMediaStage } from './stage.ts';

const stage = openMediaStage();
const PICTURE = Buffer.from('\x89PNG and more\x00\xff', 'latin1');
const sha256 = createHash('sha256').update(PICTURE).digest('hex');

test('a file in two steps: looked up with the key, then fetched from the same host', async () => {
  const channel = await stage.channel();
  const id = stage.file(PICTURE, 'image/png');
  const answer = await stage.ask(stage.link(channel, id, { name: 'Ferien.png' }));
  expect(answer).toMatchObject({ status: 200, body: PICTURE, whole: true });
  expect(answer.headers).toEqual({
    'content-type': 'image/png',
    'content-length': String(PICTURE.length),
    'content-disposition': `inline; filename="Ferien.png"; filename*=UTF-8''Ferien.png`,
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
    'cache-control': expect.stringMatching(/^private, max-age=86\d{3}$/),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'referrer-policy': 'no-referrer',
  });
  expect(stage.asked()).toEqual([`GET /${id}`, 'GET /whatsapp_business/attachments/']);
  expect(stage.provider.requests.map((request) => request.key)).toEqual(['key-1', 'key-1']);
});

test('on the old API in one step; what only a lookup would say stands in the address', async () => {
  const channel = await stage.channel({ hosting: 'on-premise' });
  const id = stage.file(PICTURE, 'image/png');
  const base64 = Buffer.from(sha256, 'hex').toString('base64');
  const answer = await stage.ask(stage.link(channel, id, { type: 'image/png', sha256: base64 }));
  expect(answer).toMatchObject({ status: 200, body: PICTURE });
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    etag: `"${sha256}"`,
    'content-disposition': `inline; filename="${id}.png"; filename*=UTF-8''${id}.png`,
  });
  expect(stage.asked()).toEqual([`GET /v1/media/${id}`]);
});

test('a file costs two reads and no write', async () => {
  const channel = await stage.channel();
  stage.table.calls.splice(0);
  await stage.ask(stage.link(channel, stage.file(PICTURE)));
  expect(stage.table.calls).toEqual(['GetItem', 'GetItem']);
});

test('the same file may be kept until the address ends, and not a second longer', async () => {
  const url = stage.link(await stage.channel(), stage.file(PICTURE), { hours: 1 });
  const ageOf = async () => {
    const { headers } = await stage.ask(url);
    return Number(headers['cache-control']?.match(/^private, max-age=(\d+)$/)?.[1]);
  };
  const first = await ageOf();
  expect(first).toBeGreaterThan(3_590);
  expect(first).toBeLessThanOrEqual(3_600);
  stage.pass(first * 1000 - 5_000);
  expect(await ageOf()).toBeLessThanOrEqual(6);
});

test('HEAD says the same and has no body', async () => {
  const channel = await stage.channel();
  const url = stage.link(channel, stage.file(PICTURE, 'image/png'));
  const [get, head] = [await stage.ask(url), await stage.ask(url, { method: 'HEAD' })];
  expect(head).toEqual({ ...get, body: Buffer.alloc(0) });
  const wrong = await stage.ask(`${url}x`, { method: 'HEAD' });
  expect(wrong).toMatchObject({ status: 403, body: Buffer.alloc(0), whole: true });
});

test('a file of no bytes is a file', async () => {
  const answer = await stage.ask(stage.link(await stage.channel(), stage.file('')));
  expect(answer).toMatchObject({ status: 200, body: Buffer.alloc(0), whole: true });
  expect(answer.headers['content-length']).toBe('0');
});

test('a visitor’s own range of bytes is passed through', async () => {
  const url = stage.link(await stage.channel(), stage.file('0123456789', 'video/mp4'));
  const part = await stage.ask(url, { headers: { range: 'bytes=2-4' } });
  expect(part).toMatchObject({ status: 206, body: Buffer.from('234') });
  expect(part.headers).toMatchObject({
    'content-range': 'bytes 2-4/10',
    'content-length': '3',
    'accept-ranges': 'bytes',
  });
  const end = await stage.ask(url, { headers: { range: 'bytes=-3' } });
  expect(end).toMatchObject({ status: 206, body: Buffer.from('789') });
});

// biome-ignore format: a table reads by column
const ignored = [
  { what: 'several ranges',         headers: { range: 'bytes=0-1,5-6' } },
  { what: 'another unit',           headers: { range: 'pages=1-2' } },
  { what: 'nonsense',               headers: { range: 'bytes=a-b' } },
  { what: 'a range of another file', headers: { range: 'bytes=0-1', 'if-range': '"other"' } },
];

test.each(ignored)('$what: the whole file, as HTTP allows', async ({ headers }) => {
  const url = stage.link(await stage.channel(), stage.file('0123456789'));
  expect(await stage.ask(url, { headers })).toMatchObject({
    status: 200,
    body: Buffer.from('0123456789'),
  });
});

test('a range of the file that the caller has the beginning of', async () => {
  const bytes = Buffer.from('0123456789');
  const hash = createHash('sha256').update(bytes).digest('hex');
  const url = stage.link(await stage.channel(), stage.file(bytes), { sha256: hash });
  const headers = { range: 'bytes=5-', 'if-range': `"${hash}"` };
  expect(await stage.ask(url, { headers })).toMatchObject({
    status: 206,
    body: Buffer.from('56789'),
  });
});

test('a range behind the end is refused with the size, and the file stays as it is', async () => {
  const channel = await stage.channel();
  const url = stage.link(channel, stage.file('0123456789'));
  const refused = await stage.ask(url, { headers: { range: 'bytes=10-' } });
  expect(refused.headers).toMatchObject({ 'content-range': 'bytes */10' });
  expect(stage.problem(refused)).toMatchObject({ status: 416, code: 'range-invalid' });
  expect(await stage.ask(url)).toMatchObject({ status: 200 });
});

test('a provider that knows no ranges: the whole file, and no word of ranges', async () => {
  stage.provider.onRequest(({ path }) =>
    path.startsWith('/v1/media/') ? { status: 200, body: '0123456789' } : undefined,
  );
  const channel = await stage.channel({ hosting: 'on-premise' });
  const answer = await stage.ask(stage.link(channel, '1'), { headers: { range: 'bytes=2-4' } });
  expect(answer).toMatchObject({ status: 200, body: Buffer.from('0123456789') });
  expect(answer.headers).not.toHaveProperty('accept-ranges');
});

test('a caller that has the file already is told so, and 360dialog is not asked', async () => {
  const channel = await stage.channel();
  const url = stage.link(channel, stage.file(PICTURE), { sha256 });
  for (const tag of [`"${sha256}"`, `W/"${sha256}"`, `"other", "${sha256}"`, '*']) {
    const answer = await stage.ask(url, { headers: { 'if-none-match': tag } });
    expect(answer).toMatchObject({ status: 304, body: Buffer.alloc(0), whole: true });
    expect(answer.headers).toMatchObject({ etag: `"${sha256}"` });
  }
  expect(stage.asked()).toEqual([]);
  const other = await stage.ask(url, { headers: { 'if-none-match': '"other"' } });
  expect(other.status).toBe(200);
});

// biome-ignore format: a table reads by column
const names = [
  { name: 'Rechnung 4711.pdf',         ascii: 'Rechnung 4711.pdf',   utf8: 'Rechnung%204711.pdf' },
  { name: 'Смета №7.docx',             ascii: '_____ _7.docx',       utf8: '%D0%A1%D0%BC%D0%B5%D1%82%D0%B0%20%E2%84%967.docx' },
  { name: '最終版.pdf',                  ascii: '___.pdf',             utf8: '%E6%9C%80%E7%B5%82%E7%89%88.pdf' },
  { name: 'تقرير.pdf',                  ascii: '_____.pdf',           utf8: '%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf' },
  { name: '👩‍👩‍👧.txt',                   ascii: '_____.txt',           utf8: '%F0%9F%91%A9%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7.txt' },
  { name: 'a"b\\c%d.txt',              ascii: 'a_b_c_d.txt',         utf8: 'a%22b_c%25d.txt' },
  { name: "it's (new)*.txt",           ascii: "it's (new)*.txt",     utf8: 'it%27s%20%28new%29%2A.txt' },
  { name: '../../etc/passwd',          ascii: '.._.._etc_passwd',    utf8: '.._.._etc_passwd' },
  { name: 'a\r\nset-cookie: b',        ascii: 'a__set-cookie: b',    utf8: 'a__set-cookie%3A%20b' },
  { name: 'invoice\u202egnp.exe',      ascii: 'invoice_gnp.exe',     utf8: 'invoice_gnp.exe' },
];

test.each(names)('a document called $name keeps its name', async ({ name, ascii, utf8 }) => {
  const id = stage.file('%PDF', 'application/pdf');
  const { headers } = await stage.ask(stage.link(await stage.channel(), id, { name }));
  expect(headers['content-disposition']).toBe(
    `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`,
  );
});

// biome-ignore format: a table reads by column
const types = [
  { type: 'text/html',                 shown: 'attachment', as: 'text/html' },
  { type: 'image/svg+xml',             shown: 'attachment', as: 'image/svg+xml' },
  { type: 'application/xhtml+xml',     shown: 'attachment', as: 'application/xhtml+xml' },
  { type: 'text/xml',                  shown: 'attachment', as: 'text/xml' },
  { type: 'application/pdf',           shown: 'attachment', as: 'application/pdf' },
  { type: 'TEXT/HTML; charset=utf-8',  shown: 'attachment', as: 'TEXT/HTML; charset=utf-8' },
  { type: 'image/jpeg',                shown: 'inline',     as: 'image/jpeg' },
  { type: 'audio/ogg; codecs=opus',    shown: 'inline',     as: 'audio/ogg; codecs=opus' },
  { type: 'video/mp4',                 shown: 'inline',     as: 'video/mp4' },
  { type: 'image/webp',                shown: 'inline',     as: 'image/webp' },
  { type: 'text/html\r\nx: y',         shown: 'attachment', as: 'application/octet-stream' },
  { type: 'no type',                   shown: 'attachment', as: 'application/octet-stream' },
];

test.each(types)('a file of type $type is $shown, and never a page of ours', async ({
  type,
  shown,
  as,
}) => {
  const bytes = '<script>alert(1)</script>';
  stage.provider.onRequest(({ path }) =>
    path.startsWith('/v1/media/')
      ? { status: 200, headers: type.includes('\r') ? {} : { 'content-type': type }, body: bytes }
      : undefined,
  );
  const channel = await stage.channel({ hosting: 'on-premise' });
  const { headers, body } = await stage.ask(stage.link(channel, '77', { type }));
  expect(body.toString()).toBe(bytes);
  expect(headers['content-type']).toBe(as);
  expect(headers['content-disposition']).toMatch(new RegExp(`^${shown}; `));
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
});
