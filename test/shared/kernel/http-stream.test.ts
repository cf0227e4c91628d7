import { afterEach, expect, test } from 'vitest';
import { beginningOf, openStream, type StreamRequest } from '../../../shared/kernel/http-stream.ts';
import { LoopbackServers, whenClosed } from '../../support/loopback-servers.ts';

const servers = new LoopbackServers();
afterEach(() => servers.closeAll());

const wanted = (url: string, more: Partial<StreamRequest> = {}): StreamRequest => ({
  url,
  reach: 'local',
  answerMs: 2_000,
  idleMs: 2_000,
  maxBytes: 1_000_000,
  signal: new AbortController().signal,
  ...more,
});

test('an answer is here before its body is, with its headers', async () => {
  let finish = () => {};
  const { port } = await servers.http((_, response) => {
    response.writeHead(206, { 'X-One': 'a', 'set-cookie': ['b', 'c'] });
    response.write('begun ');
    finish = () => response.end('and over');
  });
  const outcome = await openStream(wanted(`http://127.0.0.1:${port}/`));
  if (outcome.kind !== 'answered') return expect.fail(outcome.reason);
  expect(outcome).toMatchObject({ status: 206, headers: { 'x-one': 'a', 'set-cookie': 'b, c' } });
  finish();
  expect(await beginningOf(outcome.body, 1_000)).toBe('begun and over');
});

test('a redirect is an answer, and is not followed', async () => {
  let calls = 0;
  const { port } = await servers.http((_, response) => {
    calls += 1;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  const outcome = await openStream(wanted(`http://127.0.0.1:${port}/`));
  expect(outcome).toMatchObject({ kind: 'answered', status: 302 });
  expect(calls).toBe(1);
});

// biome-ignore format: a table reads by column
const forbidden = [
  { url: 'http://127.0.0.1:1/',           reach: 'public', reason: 'the address is not https' },
  { url: 'https://127.0.0.1:1/',          reach: 'public', reason: 'the address is not public' },
  { url: 'https://169.254.169.254/x',     reach: 'local',  reason: 'the address is not public' },
  { url: 'https://10.0.0.1/x',            reach: 'public', reason: 'the address is not public' },
  { url: 'http://lookaside.fbsbx.com/x',  reach: 'local',  reason: 'the address is not https' },
  { url: 'ftp://lookaside.fbsbx.com/x',   reach: 'local',  reason: 'the address is not https' },
  { url: 'no address',                    reach: 'local',  reason: 'the address cannot be read' },
] as const;

test.each(forbidden)('$url is not gone to ($reach)', async ({ url, reach, reason }) => {
  expect(await openStream(wanted(url, { reach }))).toEqual({ kind: 'failed', reason });
});

test('a server that never answers is left after its time', async () => {
  const { port, connections } = await servers.tcp((socket) => socket.resume());
  const outcome = await openStream(wanted(`http://127.0.0.1:${port}/`, { answerMs: 50 }));
  expect(outcome).toEqual({ kind: 'failed', reason: 'timeout' });
  await whenClosed(connections[0]);
});

test('a refused and a broken connection are failures with their reason', async () => {
  const unused = await servers.unusedPort();
  expect(await openStream(wanted(`http://127.0.0.1:${unused}/`))).toEqual({
    kind: 'failed',
    reason: 'ECONNREFUSED',
  });
  const { port } = await servers.tcp((socket) => socket.resetAndDestroy());
  expect(await openStream(wanted(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'failed' });
});

test('an abort ends the connection, before the answer and in the middle of it', async () => {
  const { port, connections } = await servers.http((request, response) => {
    if (request.url === '/begins') response.write('begun');
  });
  const first = new AbortController();
  const never = openStream(wanted(`http://127.0.0.1:${port}/`, { signal: first.signal }));
  first.abort();
  expect(await never).toMatchObject({ kind: 'failed' });
  await whenClosed(connections[0]);

  const second = new AbortController();
  const url = `http://127.0.0.1:${port}/begins`;
  const begun = await openStream(wanted(url, { signal: second.signal }));
  if (begun.kind !== 'answered') return expect.fail(begun.reason);
  second.abort();
  await expect(begun.body.toArray()).rejects.toThrow();
  await whenClosed(connections.at(-1));
  const signal = AbortSignal.abort();
  expect(await openStream(wanted(url, { signal }))).toMatchObject({ kind: 'failed' });
});

test('a body that is destroyed unread ends the connection', async () => {
  const { port, connections } = await servers.http((_, response) => response.write('begun'));
  const begun = await openStream(wanted(`http://127.0.0.1:${port}/`));
  if (begun.kind !== 'answered') return expect.fail(begun.reason);
  begun.body.destroy();
  await whenClosed(connections[0]);
});

test('a body is read as far as it is wanted', async () => {
  const { port, connections } = await servers.http((_, response) => {
    response.write('x'.repeat(100_000));
  });
  const begun = await openStream(wanted(`http://127.0.0.1:${port}/`));
  if (begun.kind !== 'answered') return expect.fail(begun.reason);
  expect(await beginningOf(begun.body, 10)).toBe('x'.repeat(10));
  await whenClosed(connections[0]);
});
