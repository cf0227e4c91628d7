import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { exchange, type HttpOutcome, type HttpRequest } from '../../../shared/kernel/http.ts';
import { LoopbackServers, whenClosed } from '../../support/loopback-servers.ts';

const servers = new LoopbackServers();
afterEach(() => servers.closeAll());

const ask = (port: number, more: Partial<HttpRequest> = {}): Promise<HttpOutcome> =>
  exchange({
    method: 'POST',
    url: `http://127.0.0.1:${port}/turn?x=1`,
    body: 'Hello',
    timeoutMs: 2_000,
    maxBytes: 1_000,
    reach: 'local',
    ...more,
  });

/** Reads the request whole, then does as it is told. */
const after =
  (then: (response: ServerResponse, request: IncomingMessage) => void) =>
  async (request: IncomingMessage, response: ServerResponse) => {
    await text(request);
    then(response, request);
  };

test('an exchange carries method, path, headers and body there, and status, headers and body back', async () => {
  const seen: unknown[] = [];
  const { port } = await servers.http(async (request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: await text(request) });
    response.setHeader('X-Twice', ['a', 'b']);
    response.writeHead(207, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Привет');
  });
  const outcome = await ask(port, { body: 'Приве́т', headers: { 'X-Key': 'k' } });

  expect(seen).toEqual([
    {
      method: 'POST',
      url: '/turn?x=1',
      headers: expect.objectContaining({
        'user-agent': 'dialog360-channel',
        'x-key': 'k',
        'content-length': '14', // bytes, not letters
      }),
      body: 'Приве́т',
    },
  ]);
  expect(outcome).toEqual({
    kind: 'answered',
    status: 207,
    headers: expect.objectContaining({
      'content-type': 'text/plain; charset=utf-8',
      'x-twice': 'a, b',
    }),
    body: Buffer.from('Привет'),
  });
});

test('a request without a body has none, one with an empty body says so, and bytes go as they are', async () => {
  const seen: (string | undefined)[] = [];
  const { port } = await servers.http(async (request, response) => {
    seen.push(`${request.headers['content-length']} ${await text(request)}`);
    response.end();
  });
  const { body, ...bare } = { body: '', method: 'GET' as const };
  await exchange({
    ...bare,
    url: `http://127.0.0.1:${port}`,
    timeoutMs: 2_000,
    maxBytes: 0,
    reach: 'local',
  });
  await ask(port, { body });
  await ask(port, { body: new Uint8Array([0x41, 0xc3, 0xa4]) });
  expect(seen).toEqual(['undefined ', '0 ', '3 Aä']);
});

test.each([
  200, 204, 301, 302, 307, 404, 429, 500,
])('a %i is an answer like any other, and followed nowhere', async (status) => {
  let asked = 0;
  const { port } = await servers.http(
    after((response) => {
      asked++;
      response.writeHead(status, { location: '/elsewhere' }).end();
    }),
  );
  expect(await ask(port)).toMatchObject({ kind: 'answered', status, body: Buffer.alloc(0) });
  expect(asked).toBe(1);
});

// biome-ignore format: a table reads by column
const sizes = [
  { what: 'exactly as long as allowed',               sends: [1_000],        fits: true },
  { what: 'as long as allowed, in pieces',            sends: [400, 599, 1],  fits: true },
  { what: 'empty',                                    sends: [],             fits: true },
  { what: 'a byte too long',                          sends: [1_001],        fits: false },
  { what: 'a byte too long at its end',               sends: [1_000, 1],     fits: false },
  { what: 'far too long',                             sends: [5_000_000],    fits: false },
];

test.each(sizes)('a body that is $what: read = $fits', async ({ sends, fits }) => {
  const { port } = await servers.http(
    after((response) => {
      for (const size of sends) response.write('x'.repeat(size));
      response.end();
    }),
  );
  const outcome = await ask(port);
  if (fits)
    expect(outcome).toMatchObject({
      body: Buffer.from('x'.repeat(sends.reduce((a, b) => a + b, 0))),
    });
  else expect(outcome).toEqual({ kind: 'no-answer', reason: 'too-large' });
});

test('a body that never ends is given up at its limit, and the connection with it', async () => {
  const { port, connections } = await servers.http(
    after((response) => {
      const more = () => response.write('x'.repeat(10_000), () => response.writable && more());
      more();
    }),
  );
  expect(await ask(port)).toEqual({ kind: 'no-answer', reason: 'too-large' });
  await Promise.all(connections.map(whenClosed));
});

// biome-ignore format: a table reads by column
const halves = [
  { when: 'it never answers',            says: '' },
  { when: 'its head never ends',         says: 'HTTP/1.1 200 OK\r\ncontent-le' },
  { when: 'its body never comes',        says: 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n' },
  { when: 'half of its body never comes', says: 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab' },
  { when: 'its last chunk never comes',  says: 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n' },
  { when: 'it only says “go on”',        says: 'HTTP/1.1 100 Continue\r\n\r\n' },
];

const onceHeard = (then: (socket: Socket) => void) => (socket: Socket) => {
  socket.once('data', () => then(socket));
};

test.each(halves)('a server that was reached, and $when in time: no answer', async ({ says }) => {
  const { port } = await servers.tcp(onceHeard((socket) => socket.write(says)));
  expect(await ask(port, { timeoutMs: 60 })).toEqual({ kind: 'no-answer', reason: 'timeout' });
});

// biome-ignore format: a table reads by column
const breaks: { when: string; does: (socket: Socket) => void }[] = [
  { when: 'resets the connection',              does: (socket) => socket.resetAndDestroy() },
  { when: 'hangs up',                           does: (socket) => socket.end() },
  { when: 'hangs up in the middle of its head', does: (socket) => socket.end('HTTP/1.1 200 O') },
  { when: 'hangs up in the middle of its body', does: (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc') },
  { when: 'resets in the middle of its body',   does: (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc', () => socket.resetAndDestroy()) },
  { when: 'speaks another protocol',            does: (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n') },
  { when: 'counts its chunks wrong',            does: (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n') },
  { when: 'has a head as long as a book',       does: (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`) },
];

test.each(breaks)('a server that heard us and then $when: no answer', async ({ does }) => {
  const { port } = await servers.tcp(onceHeard(does));
  expect(await ask(port)).toEqual({ kind: 'no-answer', reason: 'reset' });
});

test('a body that ends with the connection is whole', async () => {
  const { port } = await servers.tcp(
    onceHeard((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nso long')),
  );
  expect(await ask(port)).toMatchObject({ kind: 'answered', body: Buffer.from('so long') });
});

// biome-ignore format: a table reads by column
const upgrades = [
  { status: 101, says: 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', body: '' },
  { status: 200, says: 'HTTP/1.1 200 OK\r\nupgrade: h2c\r\nconnection: upgrade\r\ncontent-length: 2\r\n\r\nok', body: 'ok' },
  { status: 426, says: 'HTTP/1.1 426 Upgrade Required\r\nupgrade: h2c\r\ncontent-length: 2\r\n\r\nno', body: 'no' },
];

test.each(upgrades)('a server that wants another protocol has answered $status', async ({
  status,
  says,
  body,
}) => {
  const { port } = await servers.tcp(onceHeard((socket) => socket.write(says)));
  expect(await ask(port)).toMatchObject({ kind: 'answered', status, body: Buffer.from(body) });
});
