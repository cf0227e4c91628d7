import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type InterceptHook, interceptable } from '../../../infra/local/aws/intercept.ts';
import { openMediaKey } from '../../../shared/secrets/media-key.ts';
import { startParameters } from '../../support/emulators.ts';

const calls: string[] = [];
const hooks = new Set<InterceptHook>();
const count: InterceptHook = ({ operation, moment }) => {
  if (moment === 'before') calls.push(operation);
  return 'pass';
};
let stop = async () => {};
beforeAll(async () => {
  const ssm = await startParameters((listener) => interceptable('ssm', hooks, listener));
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'media-key',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SSM: ssm.url,
  });
  stop = ssm.stop;
});
beforeEach(() => {
  hooks.clear();
  hooks.add(count);
  calls.splice(0);
});
afterAll(() => stop());

let stacks = 0;
const newStack = () => ({ prefix: `/stack-${++stacks}` });

test('the first function makes the key, all others read the same one', async () => {
  const stack = newStack();
  const first = await openMediaKey(stack)();
  expect(first).toEqual({ version: 1, secret: expect.stringMatching(/^[\w-]{43}$/) }); // 32 random bytes
  expect(calls).toEqual(['GetParameter', 'PutParameter', 'GetParameter']);
  expect(await openMediaKey(stack)()).toEqual(first);
  expect(await openMediaKey(newStack())()).not.toEqual(first);
});

test('twenty functions that are first at once end with one key', async () => {
  const stack = newStack();
  const keys = await Promise.all(Array.from({ length: 20 }, () => openMediaKey(stack)()));
  expect(keys).toEqual(Array(20).fill(keys[0]));
  expect(keys[0]?.version).toBe(1);
});

test('a function reads it once, also when many ask at once', async () => {
  const stack = newStack();
  await openMediaKey(stack)();
  calls.splice(0);
  const mediaKey = openMediaKey(stack);
  expect(calls).toEqual([]); // and not before it is asked for
  await Promise.all(Array.from({ length: 20 }, mediaKey));
  await mediaKey();
  expect(calls).toEqual(['GetParameter']);
});

test('while SSM is away it is unavailable, and the next call tries again', async () => {
  const mediaKey = openMediaKey(newStack());
  hooks.add(() => 'fail');
  const failed = await mediaKey().then(
    () => expect.fail('there is a key'),
    (error) => error,
  );
  expect(failed).toMatchObject({ code: 'unavailable', facts: { what: 'media-key' } });
  expect(failed.cause).toBeUndefined(); // SSM's own words may repeat what was sent
  hooks.clear();
  expect(await mediaKey()).toMatchObject({ version: 1 });
});

test('a key that was made, though the answer was lost, is read and not made again', async () => {
  const mediaKey = openMediaKey(newStack());
  let puts = 0;
  hooks.add(({ operation, moment }) =>
    operation === 'PutParameter' && moment === 'after' && ++puts === 1 ? 'fail' : 'pass',
  );
  expect(await mediaKey()).toMatchObject({ version: 1 });
});

test('a call that hangs is given up after 3 s and tried again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let asked = 0;
  const reached = new Promise<void>((resolve) => {
    hooks.add(({ moment }) => {
      if (moment !== 'before' || ++asked > 1) return 'pass';
      resolve();
      return 'hang';
    });
  });
  const key = openMediaKey(newStack())();
  await reached;
  await vi.advanceTimersByTimeAsync(3_500);
  vi.useRealTimers();
  expect(await key).toMatchObject({ version: 1 });
});
