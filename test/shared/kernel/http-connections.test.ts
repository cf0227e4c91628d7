import { afterEach, expect, test, vi } from 'vitest';
import { exchange, type HttpOutcome } from '../../../shared/kernel/http.ts';
import {
  type LoopbackServer,
  LoopbackServers,
  whenClosed,
} from '../../support/loopback-servers.ts';

const servers = new LoopbackServers();
afterEach(async () => {
  vi.useRealTimers();
  await servers.closeAll();
});

const get = ({ port }: LoopbackServer, path = '/'): Promise<HttpOutcome> =>
  exchange({
    method: 'GET',
    url: `http://127.0.0.1:${port}${path}`,
    timeoutMs: 2_000,
    maxBytes: 1_000,
    reach: 'local',
  });
const answered = { kind: 'answered', status: 200 };

/** Answers once as many requests are there as `together` says, so that they need as many connections. */
async function gathering() {
  const state = { together: 1 };
  const waiting: (() => void)[] = [];
  const server = await servers.http((_, response) => {
    waiting.push(() => response.end());
    if (waiting.length >= state.together) for (const answer of waiting.splice(0)) answer();
  });
  const all = async (count: number) => {
    state.together = count;
    expect(await Promise.all(Array.from({ length: count }, () => get(server)))).toHaveLength(count);
  };
  return { server, all };
}

/** Lets the clock, and nothing else, move on. */
function clock() {
  vi.useFakeTimers({ toFake: ['Date'] });
  return (ms: number) => vi.setSystemTime(Date.now() + ms);
}

test('a connection is used again at once, and after it has rested a little', async () => {
  const pass = clock();
  const server = await servers.http((_, response) => response.end());
  await get(server);
  await get(server);
  pass(4_000);
  await get(server);
  expect(server.connections).toHaveLength(1);
});

test('a connection that has rested too long is not: the other side may have closed it', async () => {
  const pass = clock();
  const server = await servers.http((_, response) => response.end());
  await get(server);
  pass(4_001);
  expect(await get(server)).toMatchObject(answered);
  expect(server.connections).toHaveLength(2);
});

test('requests to another host do not keep a connection fresh', async () => {
  const pass = clock();
  const provider = await servers.http((_, response) => response.end());
  const agent = await servers.http((_, response) => response.end());
  await get(provider);
  for (let second = 0; second < 5; second++) {
    await get(agent);
    pass(1_000);
  }
  await get(provider);
  expect([provider, agent].map(({ connections }) => connections.length)).toEqual([2, 1]);
});

test('of several connections to one host only the stale ones are not used again', async () => {
  const pass = clock();
  const { server, all } = await gathering();
  await all(3);
  pass(3_000);
  await all(1);
  pass(3_000);
  await all(1);
  expect(server.connections).toHaveLength(3); // the one that was used meanwhile serves
  await all(2);
  expect(server.connections).toHaveLength(4); // the two that were not have to be replaced
});

test('a connection the other side closed meanwhile is not used', async () => {
  const server = await servers.http((_, response) => response.end());
  await get(server);
  const [first] = server.connections;
  first?.end();
  await whenClosed(first);
  expect(await get(server)).toMatchObject(answered);
  expect(server.connections).toHaveLength(2);
});

test('a kept connection that breaks under a request is no answer: the request had left', async () => {
  let asked = 0;
  const server = await servers.http((_, response) => {
    asked++;
    if (asked === 1) response.end();
    else response.socket?.resetAndDestroy();
  });
  await get(server);
  expect(await get(server)).toEqual({ kind: 'no-answer', reason: 'reset' });
  expect([asked, server.connections.length]).toEqual([2, 1]); // not asked a third time in secret
});

test('after a timeout the connection is gone, and the next request is not mixed up with it', async () => {
  let asked = 0;
  const server = await servers.http((_, response) => {
    asked++;
    if (asked > 1) response.end('second');
  });
  const first = await exchange({
    method: 'GET',
    url: `http://127.0.0.1:${server.port}`,
    timeoutMs: 50,
    maxBytes: 100,
    reach: 'local',
  });
  expect(first).toEqual({ kind: 'no-answer', reason: 'timeout' });
  await whenClosed(server.connections[0]);
  expect(await get(server)).toMatchObject({ body: Buffer.from('second') });
  expect(server.connections).toHaveLength(2);
});

test('many requests over one connection leave nothing behind on it', async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on('warning', note);
  const server = await servers.http((_, response) => response.end());
  for (let time = 0; time < 30; time++) await get(server);
  await new Promise(setImmediate); // warnings are emitted a tick later
  process.off('warning', note);
  expect(server.connections).toHaveLength(1);
  expect(warnings).toEqual([]);
});

test('fifty at once are all answered, each with its own answer', async () => {
  const server = await servers.http((request, response) => response.end(request.url));
  const paths = Array.from({ length: 50 }, (_, at) => `/${at}`);
  const outcomes = await Promise.all(paths.map((path) => get(server, path)));
  expect(outcomes.map((outcome) => outcome.kind === 'answered' && outcome.body.toString())).toEqual(
    paths,
  );
});
