import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { exchange, type HttpRequest } from '../../../shared/kernel/http.ts';
import { LoopbackServers } from '../../support/loopback-servers.ts';

const servers = new LoopbackServers();
const trusted = getCACertificates();
afterEach(async () => {
  setDefaultCACertificates(trusted);
  await servers.closeAll();
});

const ask = (url: string, more: Partial<HttpRequest> = {}) =>
  exchange({
    method: 'POST',
    url,
    body: 'Hello',
    timeoutMs: 2_000,
    maxBytes: 1_000,
    reach: 'local',
    ...more,
  });

test('where no server listens nothing was sent', async () => {
  const port = await servers.unusedPort();
  for (const origin of ['http://127.0.0.1', 'http://localhost', 'https://127.0.0.1']) {
    const outcome = await ask(`${origin}:${port}`);
    expect(outcome).toEqual({ kind: 'not-sent', reason: 'ECONNREFUSED' });
  }
});

test('nothing was sent before TLS is established, whatever goes wrong', async () => {
  const mute = await servers.tcp(() => {});
  const rude = await servers.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
  const plain = await servers.http((_, response) => response.end('Hi'));
  const failed = { kind: 'not-sent', reason: expect.stringMatching(/^[A-Z_0-9]+$/) };

  expect(await ask(`https://127.0.0.1:${mute.port}`, { timeoutMs: 60 })).toEqual({
    kind: 'not-sent',
    reason: 'timeout',
  });
  expect(await ask(`https://127.0.0.1:${rude.port}`)).toEqual(failed);
  expect(await ask(`https://127.0.0.1:${plain.port}`)).toEqual(failed);
});

test('a server with an untrusted certificate, or another host’s, gets nothing; one with a good one gets the request', async () => {
  const heard: string[] = [];
  const { port, cert } = await servers.https(async (request, response) => {
    heard.push(await text(request));
    if (request.url === '/reset') response.socket?.destroy();
    else response.end('Hi');
  });
  const url = `https://127.0.0.1:${port}`;
  const refused = (reason: string) => ({ kind: 'not-sent', reason });
  expect(await ask(url)).toEqual(refused('DEPTH_ZERO_SELF_SIGNED_CERT'));

  setDefaultCACertificates([cert]);
  const byName = await ask(`https://localhost:${port}`);
  expect(byName).toEqual(refused('ERR_TLS_CERT_ALTNAME_INVALID'));
  expect(heard).toEqual([]);
  expect(await ask(url)).toMatchObject({ kind: 'answered', body: Buffer.from('Hi') });
  expect(await ask(`${url}/reset`)).toEqual({ kind: 'no-answer', reason: 'reset' });
  expect(heard).toEqual(['Hello', 'Hello']);
});

// biome-ignore format: a table reads by column
const unreadable = [
  { what: 'a word',                      url: 'nonsense' },
  { what: 'nothing',                     url: '' },
  { what: 'a scheme without a host',     url: 'https://' },
  { what: 'a port that is none',         url: 'https://agent.example:70000/' },
];

test.each(unreadable)('an address that is $what is an outcome, not an exception', async ({
  url,
}) => {
  expect(await ask(url)).toEqual({ kind: 'not-sent', reason: 'the address cannot be read' });
});

// biome-ignore format: a table reads by column
const headers = [
  { what: 'two lines in it',     headers: { 'x-a': 'a\r\nx-b: c' }, reason: 'ERR_INVALID_CHAR' },
  { what: 'a blank in its name', headers: { 'x a': 'a' },           reason: 'ERR_INVALID_HTTP_TOKEN' },
];

test.each(headers)('a header with $what is an outcome as well', async ({ headers, reason }) => {
  const { port, connections } = await servers.http((_, response) => response.end());
  const outcome = await ask(`http://127.0.0.1:${port}`, { headers });
  expect(outcome).toEqual({ kind: 'not-sent', reason });
  expect(connections).toHaveLength(0);
});
