import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { clientOptions } from '../../../infra/local/aws/client-options.ts';
import { type InterceptHook, interceptable } from '../../../infra/local/aws/intercept.ts';
import { openMediaKey } from '../../../shared/secrets/media-key.ts';
import { openMediaKeys } from '../../../shared/secrets/media-keys.ts';
import { startParameters } from '../../support/emulators.ts';

const MINUTE = 60_000;
const calls: string[] = [];
const hooks = new Set<InterceptHook>();
const count: InterceptHook = ({ operation, caller, moment }) => {
  if (moment === 'before' && caller === 'media-keys') calls.push(operation);
  return 'pass';
};
let operator: SSMClient;
let stop = async () => {};
let now = 0;
beforeAll(async () => {
  const ssm = await startParameters((listener) => interceptable('ssm', hooks, listener));
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'media-keys',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SSM: ssm.url,
  });
  operator = new SSMClient(clientOptions(ssm.url));
  stop = async () => {
    operator.destroy();
    await ssm.stop();
  };
});
beforeEach(() => {
  hooks.clear();
  hooks.add(count);
  calls.splice(0);
  now = 1_000_000;
});
afterAll(() => stop());

let stacks = 0;
const newStack = () => {
  stacks += 1;
  return { prefix: `/keys-${stacks}`, now: () => now };
};
/** What the operator does to rotate. */
const rotate = ({ prefix }: { prefix: string }, Value: string) =>
  operator.send(
    new PutParameterCommand({
      Name: `${prefix}/media-key`,
      Value,
      Type: 'SecureString',
      Overwrite: true,
    }),
  );

test('every version that was ever signed with is found, each read once', async () => {
  const stack = newStack();
  for (const secret of ['one', 'two', 'three']) await rotate(stack, secret);
  const keys = openMediaKeys(stack);
  for (let times = 0; times < 3; times++) {
    expect(await keys(3)).toEqual({ version: 3, secret: 'three' });
    expect(await keys(1)).toEqual({ version: 1, secret: 'one' });
  }
  expect(calls).toEqual(['GetParameter', 'GetParameter']);
});

test('many who ask at once ask SSM once', async () => {
  const stack = newStack();
  await rotate(stack, 'one');
  const keys = openMediaKeys(stack);
  await Promise.all(Array.from({ length: 20 }, () => keys(1)));
  expect(calls).toEqual(['GetParameter']);
});

test('a version that was never made is none, and guessing at them costs one look a minute', async () => {
  const stack = newStack();
  await rotate(stack, 'one');
  const keys = openMediaKeys(stack);
  for (let guess = 2; guess < 50; guess++) expect(await keys(guess)).toBeNull();
  expect(calls).toHaveLength(1);
  now += MINUTE;
  for (let guess = 2; guess < 50; guess++) expect(await keys(guess)).toBeNull();
  expect(calls).toHaveLength(2);
});

test('without a key nothing was ever signed', async () => {
  expect(await openMediaKeys(newStack())(1)).toBeNull();
});

test('a new key is known within a minute, or at once where nothing was read before', async () => {
  const stack = newStack();
  await rotate(stack, 'one');
  const keys = openMediaKeys(stack);
  await keys(1);
  await rotate(stack, 'two');
  expect(await openMediaKeys(stack)(2)).toEqual({ version: 2, secret: 'two' });
  now += MINUTE;
  expect(await keys(2)).toEqual({ version: 2, secret: 'two' });
});

test('what was read is read again after five minutes, and stays while SSM is away', async () => {
  const stack = newStack();
  await rotate(stack, 'one');
  const keys = openMediaKeys(stack);
  await keys(1);
  now += 5 * MINUTE;
  hooks.add(({ caller }) => (caller === 'media-keys' ? 'refuse' : 'pass'));
  expect(await keys(1)).toEqual({ version: 1, secret: 'one' });
  hooks.clear();
  hooks.add(count);
  calls.splice(0);
  now += 5 * MINUTE;
  expect(await keys(1)).toEqual({ version: 1, secret: 'one' });
  expect(calls).toEqual(['GetParameter']);
});

test('while SSM is away and nothing was read it is unavailable, and the next who asks tries again', async () => {
  const stack = newStack();
  await rotate(stack, 'one');
  const keys = openMediaKeys(stack);
  hooks.add(({ caller }) => (caller === 'media-keys' ? 'refuse' : 'pass'));
  await expect(keys(1)).rejects.toMatchObject({
    code: 'unavailable',
    facts: { what: 'media-key' },
  });
  hooks.clear();
  expect(await keys(1)).toEqual({ version: 1, secret: 'one' });
});

test('who signs uses a new key after ten minutes, and the old one while SSM is away', async () => {
  const stack = newStack();
  const mediaKey = openMediaKey(stack);
  expect(await mediaKey()).toMatchObject({ version: 1 });
  await rotate(stack, 'two');
  expect(await mediaKey()).toMatchObject({ version: 1 });
  now += 10 * MINUTE;
  hooks.add(({ caller }) => (caller === 'media-keys' ? 'refuse' : 'pass'));
  expect(await mediaKey()).toMatchObject({ version: 1 });
  hooks.clear();
  now += 10 * MINUTE;
  expect(await mediaKey()).toEqual({ version: 2, secret: 'two' });
});
