import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRuntime, type TestRuntime } from '../../../support/runtime.ts';
import { FIXTURE_STREAMS } from '../../../support/runtime-fixtures.ts';
import { until } from '../../../support/runtime-until.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startRuntime({
    tuning: { functions: FIXTURE_STREAMS, timeoutSeconds: { media: 2 } },
  });
});
afterAll(() => runtime.stop());

const call = (wish: string, init?: RequestInit) =>
  fetch(`${runtime.url}/media/ch_1/9?do=${wish}`, init);
const wholeOf = (wish: string) =>
  call(wish).then(async (answer) => ({ status: answer.status, text: await answer.text() }));

/** An answer whose body the test takes when it likes. */
const open = (wish: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(`${runtime.url}/media/ch_1/9?do=${wish}`, { agent: false }, resolve).on('error', reject);
  });
const said = async <T>(name: string) =>
  (await runtime.logged((entry) => name in entry)) as unknown as T;

test('a function sees a request as its function URL hands it over', async () => {
  const answer = await call('event&name=%C3%A4', { headers: { range: 'bytes=0-1' } });
  expect(answer.status).toBe(201);
  expect(await answer.json()).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/media/ch_1/9',
    rawQueryString: 'do=event&name=%C3%A4',
    queryStringParameters: { do: 'event', name: 'ä' },
    headers: { range: 'bytes=0-1' },
    requestContext: { http: { method: 'GET', path: '/media/ch_1/9' }, routeKey: '$default' },
  });
});

test('every method and path below it reaches the function, and no Host is refused', async () => {
  const answer = await fetch(`${runtime.url}/media/a/b/c?do=event`, { method: 'DELETE' });
  expect(await answer.json()).toMatchObject({ rawPath: '/media/a/b/c' });
});

test('pieces arrive one by one, while the function still writes', async () => {
  const answer = await open('drops');
  const pieces: string[] = [];
  answer.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece));
  await until(() => answer.complete);
  expect(pieces.join('')).toBe('drops');
  expect(pieces.length).toBeGreaterThan(2);
});

test('status and headers leave with the first piece, be it empty; without one they do not', async () => {
  expect(await wholeOf('head-only')).toEqual({ status: 201, text: '' });
  const without = await wholeOf('without-head');
  expect(without.status).not.toBe(201); // as on AWS: what was set is lost
});

test.each([
  'throw',
  'exit',
])('a function that ends by %s before it answers is a 502', async (wish) => {
  expect((await call(wish)).status).toBe(502);
});

test.each([
  'throw-later',
  'exit-later',
])('by %s after it has begun breaks the connection', async (wish) => {
  const answer = await call(wish);
  expect(answer.status).toBe(201);
  await expect(answer.text()).rejects.toThrow();
});

test('a function that does not end in its time breaks the connection', async () => {
  const answer = await call('time-out');
  expect(answer.status).toBe(201);
  await expect(answer.text()).rejects.toThrow();
});

test('a function writes no faster than its caller takes, and a caller that hangs up ends it', async () => {
  const answer = await open('flood');
  await new Promise((resolve) => answer.once('readable', resolve));
  answer.destroy();
  const { pieces, destroyed } = await said<{ pieces: number; destroyed: boolean }>('pieces');
  expect(destroyed).toBe(true);
  expect(pieces).toBeLessThan(200); // what the sockets hold, not the 10 000 it would have written
});

test('a caller that hangs up while nothing comes is noticed too, and the process is used again', async () => {
  const answer = await open('hang');
  const pid = answer.headers['x-pid'];
  answer.destroy();
  await said('hungUp');
  expect((await open('event')).headers['x-pid']).toBe(pid);
});

test('a function that is killed while it answers breaks the connection, and the next call gets a new one', async () => {
  const answer = await open('hang');
  await runtime.kill('media');
  await new Promise((resolve) => answer.once('error', resolve).resume());
  expect(await wholeOf('head-only')).toEqual({ status: 201, text: '' });
});
