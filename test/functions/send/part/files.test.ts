import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type HttpAnswer, serve } from '../../../../infra/local/http/serve.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import type { ReplyJob } from '../../../../shared/contract/jobs.ts';
import { replyView } from '../../../../shared/rules/delivery/reply-view.ts';
import { LoopbackServers } from '../../../support/loopback-servers.ts';
import { metaError, openSendStage } from '../stage.ts';

const stage = openSendStage();
const servers = new LoopbackServers();
/** What lies at the agent's own server, by path. */
const shelf = new Map<string, HttpAnswer>();
let shop = '';
beforeAll(async () => {
  const { port } = await servers.http(serve(({ path }) => shelf.get(path) ?? { status: 404 }));
  shop = `http://127.0.0.1:${port}`;
});
afterAll(() => servers.closeAll());

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
  Object.assign(stage.provider.files, { links: 'taken', uploads: 'taken' });
  expect(stage.provider.refusals).toEqual([]);
});

const MB = 1024 * 1024;
const starting = (head: string, size = 200) =>
  Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(Math.max(size - head.length, 0), 7)]);
const PNG = starting('\x89PNG\r\n\x1a\n');
const WEBP = starting('RIFF\x00\x00\x00\x00WEBPVP8 ');
const OPUS = starting(`OggS${'\x00'.repeat(24)}OpusHead`);

/** Puts a file on the agent's server. Returns its address. */
function put(name: string, body: Buffer, type: string): string {
  shelf.set(`/${name}`, { status: 200, headers: { 'content-type': type }, body });
  return `${shop}/${name}`;
}
const attachment = (more: Record<string, unknown>) => ({
  type: 'attachment',
  kind: 'image',
  send_as: 'file',
  ...more,
});
const sent = ({ phone }: Chat) =>
  stage.provider.sent
    .filter(({ request }) => request.phone === phone)
    .map(({ request: { body } }) => ({ type: body.type, content: body[String(body.type)] }));
const toldNews = () => stage.queued().map((one) => one.kind === 'delivery-news' && one.news);
const notesOf = async (job: ReplyJob) => (await stage.delivery(job)).parts[0]?.notes ?? [];

async function sendFile(reply: Record<string, unknown>, options = {}) {
  const chat = await stage.visitor(await stage.channel(options));
  const job = stage.job(chat, attachment(reply));
  await stage.deliver(job);
  return { job, chat, messages: sent(chat) };
}

// biome-ignore format: a table reads by column
const native: { what: string; kind: string; body: Buffer; claims: string; type: string; notes: string[]; more?: object }[] = [
  { what: 'a PNG',                    kind: 'image', body: PNG,                      claims: 'image/png',        type: 'image',    notes: [] },
  { what: 'a PNG that says it is text', kind: 'image', body: PNG,                    claims: 'text/plain',       type: 'image',    notes: [] },
  { what: 'a WebP',                   kind: 'image', body: WEBP,                     claims: 'image/webp',       type: 'document', notes: ['media-as-document'] },
  { what: 'a PNG of 6 MB',            kind: 'image', body: starting(PNG.toString('latin1', 0, 8), 6 * MB), claims: 'image/png', type: 'document', notes: ['media-as-document'] },
  { what: 'a voice note',             kind: 'audio', body: OPUS,                     claims: 'audio/ogg',        type: 'audio',    notes: [], more: { voice: true } },
  { what: 'a voice note of iOS',      kind: 'audio', body: starting('\0\0\0\x20ftypmp42'), claims: 'audio/x-m4a',   type: 'audio',    notes: [], more: { voice: true } },
  { what: 'a PDF',                    kind: 'file',  body: starting('%PDF-1.7'),     claims: 'application/pdf',  type: 'document', notes: [], more: { filename: 'Rechnung 4711.pdf' } },
  { what: 'something in a file',      kind: 'file',  body: randomBytes(100),         claims: 'application/zip',  type: 'document', notes: [] },
];

test.each(native)('$what is fetched, uploaded and sent by id as $type', async ({
  kind,
  body,
  claims,
  type,
  notes,
  more,
}) => {
  const url = put('a.bin', body, claims);
  const { job, messages } = await sendFile({ kind, url, ...more });
  expect(messages).toEqual([
    { type, content: expect.objectContaining({ id: expect.any(String) }) },
  ]);
  expect(await notesOf(job)).toEqual(notes);
  expect(toldNews()).toEqual(
    notes.map((code) => expect.objectContaining({ status: 'degraded', code })),
  );
  const kept = stage.provider
    .account('key-1')
    .files.find((messages[0]?.content as { id: string }).id);
  expect(kept?.sizeBytes).toBe(body.length);
});

test('a document keeps its name and caption, a voice note is one', async () => {
  const url = put('b.bin', starting('%PDF-1.7'), 'application/pdf');
  const { messages } = await sendFile({
    kind: 'file',
    url,
    filename: 'Счёт.pdf',
    caption: 'Ihre Rechnung',
  });
  expect(messages[0]?.content).toMatchObject({ filename: 'Счёт.pdf', caption: 'Ihre Rechnung' });
  const voice = await sendFile({
    kind: 'audio',
    url: put('c.ogg', OPUS, 'audio/ogg'),
    voice: true,
  });
  expect(voice.messages[0]?.content).toMatchObject({ voice: true });
});

test('nothing is kept by its address: tomorrow it may hold another file', async () => {
  const url = put('price-list', PNG, 'image/png');
  const first = await sendFile({ url });
  put('price-list', starting('\x89PNG\r\n\x1a\n', 300), 'image/png');
  const second = await sendFile({ url });
  const sizes = [first, second].map(({ messages }) => {
    const { id } = messages[0]?.content as { id: string };
    return stage.provider.account('key-1').files.find(id)?.sizeBytes;
  });
  expect(sizes).toEqual([200, 300]);
});

// biome-ignore format: a table reads by column
const unfetched: { when: string; answer: HttpAnswer; why: string }[] = [
  { when: 'is not there',       answer: { status: 404 },                                      why: 'HTTP 404' },
  { when: 'moved',              answer: { status: 302, headers: { location: '/b' } },         why: 'HTTP 302, and redirects are not followed' },
  { when: 'is empty',           answer: { status: 200, body: '' },                            why: 'it is empty' },
  { when: 'breaks off',         answer: 'reset',                                              why: 'the connection broke off' },
  { when: 'is larger than we carry', answer: { status: 200, body: Buffer.alloc(25 * MB) },    why: 'it is larger than 24 MB' },
];

test.each(
  unfetched,
)('a file that $when goes by its link, as text, since WhatsApp fetches no http, and says why', async ({
  answer,
  why,
}) => {
  shelf.set('/gone', answer);
  const { job, messages } = await sendFile({ url: `${shop}/gone`, caption: 'Look' });
  expect(messages).toEqual([
    { type: 'text', content: { body: `Look\n${shop}/gone`, preview_url: true } },
  ]);
  expect(await notesOf(job)).toEqual(['media-as-link']);
  const reason = `the file could not be fetched: ${why}. Its link went instead`;
  expect(toldNews()).toEqual([
    expect.objectContaining({ status: 'degraded', code: 'media-as-link', reason }),
  ]);
  expect(replyView(await stage.delivery(job)).parts[0]?.reason).toBe(reason);
});

test('a file at a private address is not fetched; its https link goes natively', async () => {
  const url = 'https://10.0.0.7/a.png';
  const { job, messages } = await sendFile({ url, caption: 'Look' });
  expect(messages).toEqual([{ type: 'image', content: { link: url, caption: 'Look' } }]);
  expect(await notesOf(job)).toEqual([]);
  expect(replyView(await stage.delivery(job)).parts[0]?.reason).toMatch(
    /^the file could not be fetched: the address .+\. Its link went instead$/,
  );
});

test('an upload that is refused: caption and link as text, at once', async () => {
  stage.provider.files.uploads = 'refused';
  const url = put('d.png', PNG, 'image/png');
  const { job, messages } = await sendFile({ url, caption: 'Look' });
  expect(messages).toEqual([
    { type: 'text', content: expect.objectContaining({ body: `Look\n${url}` }) },
  ]);
  expect(await notesOf(job)).toEqual(['media-as-link']);
});

test.each([
  { when: 'the key is refused', answer: { status: 401, body: '' } },
  { when: 'the gateway is down', answer: { status: 502, body: '' } },
])('an upload that fails because $when is not the file’s fault: its link goes', async ({
  answer,
}) => {
  removals.push(stage.provider.onRequest(({ path }) => (path === '/media' ? answer : undefined)));
  const url = 'https://localhost:1/never.png';
  const { messages } = await sendFile({ url });
  expect(messages).toEqual([{ type: 'image', content: { link: url } }]);
  const here = put('e.png', PNG, 'image/png');
  expect((await sendFile({ url: here })).messages[0]?.type).toBe('text');
});

test('a media error about an uploaded file: its link as text, once, and no second upload', async () => {
  removals.push(
    stage.provider.onRequest(({ path, body }) =>
      path === '/messages' && (body as { type?: string }).type === 'image'
        ? metaError(131053)
        : undefined,
    ),
  );
  const uploads = () => stage.provider.requests.filter(({ path }) => path === '/media').length;
  const before = uploads();
  const url = put('f.png', PNG, 'image/png');
  const { job, messages } = await sendFile({ url });
  expect(messages).toEqual([{ type: 'text', content: expect.objectContaining({ body: url }) }]);
  expect(uploads() - before).toBe(1);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({ as: 'fallback', attempts: 2 });
});

test.each([
  131053, 131009,
] as const)('a link the provider says %i to at once goes as text', async (code) => {
  stage.provider.files.links = code;
  const url = 'https://cdn.example/a.jpg';
  const { job, messages } = await sendFile({ url, send_as: 'link', caption: 'Look' });
  expect(messages).toEqual([
    { type: 'text', content: expect.objectContaining({ body: `Look\n${url}` }) },
  ]);
  expect(await notesOf(job)).toEqual(['media-as-link']);
  expect(toldNews()).toEqual([
    expect.objectContaining({ code: 'media-as-link', reason: expect.stringMatching(/\w/) }),
  ]);
});

test('a file that was fetched in the end has no reason left why it was not', async () => {
  shelf.set('/late.png', { status: 404 });
  removals.push(
    stage.provider.onRequest(({ path, body }) => {
      if (path !== '/messages' || (body as { type?: string }).type !== 'text') return undefined;
      put('late.png', PNG, 'image/png');
      return { status: 503, body: JSON.stringify({ error: { message: 'x', code: 131016 } }) };
    }),
  );
  const { job, messages } = await sendFile({ url: `${shop}/late.png` });
  expect(messages.map(({ type }) => type)).toEqual(['image']);
  expect(replyView(await stage.delivery(job)).parts[0]?.reason).toBeNull();
});

test('the sandbox takes no uploads: by link', async () => {
  const channel = await stage.channel({}, { hosting: 'sandbox' });
  const chat = await stage.visitor(channel);
  await stage.deliver(stage.job(chat, attachment({ url: 'https://cdn.example/a.jpg' })));
  expect(sent(chat)).toEqual([{ type: 'image', content: { link: 'https://cdn.example/a.jpg' } }]);
});

test('the old API takes uploads its own way', async () => {
  const channel = await stage.channel({}, { hosting: 'on-premise' });
  const chat = await stage.visitor(channel);
  await stage.deliver(stage.job(chat, attachment({ url: put('g.png', PNG, 'image/png') })));
  expect(sent(chat)).toEqual([
    { type: 'image', content: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
  ]);
});
