import { expect, test } from 'vitest';
import { openMediaStage } from './stage.ts';

const stage = openMediaStage();
const FACTS = { name: 'Смета.pdf', type: 'application/pdf', sha256: 'ab'.repeat(32) };

/** For an address that is not ours neither the table nor 360dialog is asked. */
async function isRefused(url: string, code = 'media-link-invalid'): Promise<void> {
  stage.table.calls.splice(0);
  const answer = await stage.ask(url);
  expect(stage.problem(answer), url).toMatchObject({ status: 403, code });
  expect(answer.headers['cache-control']).toBe('no-store');
  expect([stage.table.calls, stage.asked()], url).toEqual([[], []]);
}

test('each bit of the signature flipped is refused, and nothing is read for it', async () => {
  const url = new URL(stage.link(await stage.channel(), stage.file('a'), FACTS));
  const signature = url.searchParams.get('signature') ?? '';
  expect(signature).toHaveLength(43);
  for (let bit = 0; bit < signature.length * 8; bit++) {
    const bytes = Buffer.from(signature);
    bytes.writeUInt8((bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    url.searchParams.set('signature', bytes.toString('latin1'));
    await isRefused(url.href);
  }
});

// biome-ignore format: a table reads by column
const changes = [
  { what: 'no signature',                 change: (url: URL) => url.searchParams.delete('signature') },
  { what: 'a later end',                  change: (url: URL) => url.searchParams.set('until', String(Number(url.searchParams.get('until')) + 1)) },
  { what: 'no end',                       change: (url: URL) => url.searchParams.delete('until') },
  { what: 'an end that is no number',     change: (url: URL) => url.searchParams.set('until', '1e12') },
  { what: 'another version of the key',   change: (url: URL) => url.searchParams.set('key', '2') },
  { what: 'a version that is no number',  change: (url: URL) => url.searchParams.set('key', '1.0') },
  { what: 'another name',                 change: (url: URL) => url.searchParams.set('name', 'a.html') },
  { what: 'no name',                      change: (url: URL) => url.searchParams.delete('name') },
  { what: 'another type',                 change: (url: URL) => url.searchParams.set('type', 'text/html') },
  { what: 'another hash',                 change: (url: URL) => url.searchParams.set('sha256', 'cd'.repeat(32)) },
  { what: 'another file',                 change: (url: URL) => { url.pathname += '1'; } },
  { what: 'a slash behind it',            change: (url: URL) => { url.pathname += '/'; } },
  { what: 'an encoded path for an id',    change: (url: URL) => { url.pathname = url.pathname.replace(/[^/]+$/, '..%2f..%2fv1%2fconfigs%2fwebhook'); } },
  { what: 'an id of 129 letters',         change: (url: URL) => { url.pathname = url.pathname.replace(/[^/]+$/, 'a'.repeat(129)); } },
  { what: 'a channel that is none',       change: (url: URL) => { url.pathname = url.pathname.replace(/ch_\w+/, 'LAST-SEEN'); } },
  { what: 'another path',                 change: (url: URL) => { url.pathname = '/'; } },
];

test.each(changes)('an address with $what is refused, and nothing is read for it', async ({
  change,
}) => {
  const url = new URL(stage.link(await stage.channel(), stage.file('a'), FACTS));
  change(url);
  await isRefused(url.href);
});

test('an address of one channel opens no file of another', async () => {
  const [mine, other] = [await stage.channel(), await stage.channel()];
  const url = stage.link(mine, stage.file('a'));
  await isRefused(url.replace(mine.id, other.id));
});

test('an address that lasts longer than any we make is refused, though it is signed', async () => {
  const channel = await stage.channel();
  await isRefused(stage.link(channel, stage.file('a'), { hours: 30_000_000 }));
});

test('an address whose time is over is refused, and says how to get a longer one', async () => {
  const url = stage.link(await stage.channel(), stage.file('a'), { hours: 1 });
  expect((await stage.ask(url)).status).toBe(200);
  stage.pass(3_600_000);
  await stage.provider.forget();
  await isRefused(url, 'media-link-expired');
  const { detail } = stage.problem(await stage.ask(url));
  expect(detail).toContain('media_url_ttl_hours');
  // A caller that changes it is not told that it has expired.
  await isRefused(`${url}x`);
});

test.each([
  'POST',
  'PUT',
  'DELETE',
  'OPTIONS',
])('%s is not allowed, and what is stands in the answer', async (method) => {
  const url = stage.link(await stage.channel(), stage.file('a'));
  stage.table.calls.splice(0);
  const answer = await stage.ask(url, { method });
  expect(stage.problem(answer)).toMatchObject({ status: 405, code: 'method-not-allowed' });
  expect(answer.headers.allow).toBe('GET, HEAD');
  expect(stage.table.calls).toEqual([]);
});

test('while the key cannot be read the caller is told to come again, and not that the address is wrong', async () => {
  const url = stage.link(await stage.channel(), stage.file('a'));
  const { mediaKeys } = stage.deps;
  stage.deps.mediaKeys = () => Promise.reject(new Error('SSM is away'));
  expect(stage.problem(await stage.ask(url))).toMatchObject({ status: 503, code: 'unavailable' });
  stage.deps.mediaKeys = mediaKeys;
  expect((await stage.ask(url)).status).toBe(200);
});

test('a channel that was deleted, or never was, has no files; one that is switched off has', async () => {
  const deleted = await stage.channel({ deleted_at: new Date().toISOString() });
  const never = { ...deleted, id: `ch_${'f'.repeat(20)}` };
  for (const channel of [deleted, never]) {
    const answer = await stage.ask(stage.link(channel, '1'));
    expect(stage.problem(answer)).toMatchObject({ status: 404, code: 'channel-unknown' });
  }
  expect(stage.asked()).toEqual([]);
  const off = await stage.channel({ active: false });
  expect((await stage.ask(stage.link(off, stage.file('a')))).status).toBe(200);
});

test('the sandbox hands no files out', async () => {
  const sandbox = await stage.channel({ hosting: 'sandbox' });
  const answer = await stage.ask(stage.link(sandbox, stage.file('a')));
  expect(stage.problem(answer)).toMatchObject({ status: 404, code: 'media-gone' });
  expect(stage.asked()).toEqual([]);
});
