import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import {
  type AwsCall,
  type InterceptHook,
  interceptable,
} from '../../../infra/local/aws/intercept.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import { log } from '../../../shared/kernel/log.ts';
import { openSecrets } from '../../../shared/secrets/secrets.ts';
import { startParameters } from '../../support/emulators.ts';

const hooks = new Set<InterceptHook>();
const calls: AwsCall[] = [];
let stop = async () => {};
beforeAll(async () => {
  const ssm = await startParameters((listener) => interceptable('ssm', hooks, listener));
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'secrets',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SSM: ssm.url,
  });
  stop = ssm.stop;
  vi.spyOn(log, 'warn').mockImplementation(() => {});
});
afterAll(() => stop());
afterEach(() => hooks.clear());

let channels = 0;
const newChannel = () => `ch_${++channels}`;
const open = () => openSecrets({ prefix: '/test/channels' });
const watch = () => {
  calls.length = 0;
  hooks.add((call) => {
    if (call.moment === 'before') calls.push(call);
    return 'pass';
  });
};
const breakDown = () => hooks.add(() => 'fail');
const some = (token: string): ChannelSecrets => ({
  token,
  agent_secret: 'whsec_a',
  previous_agent_secret: null,
  agent_headers: { 'x-a': 'b' },
  webhook_token: 'w',
  webhook_header: 'h',
  incoming_request_token: 'i',
});

test('each version is read as it was written, by another function too', async () => {
  const id = newChannel();
  const one = await open().write(id, some('one'));
  const two = await open().write(id, some('two'));
  const room = open();

  expect([one, two]).toEqual([1, 2]);
  expect(await room.read(id, two)).toEqual(some('two'));
  expect(await room.read(id, one)).toEqual(some('one'));
});

test('a version is fetched once, also by many at the same moment', async () => {
  const id = newChannel();
  await open().write(id, some('one'));
  const room = open();
  watch();
  const all = await Promise.all(Array.from({ length: 20 }, () => room.read(id, 1)));
  await room.read(id, 1);

  expect(all).toEqual(Array(20).fill(some('one')));
  expect(calls.map(({ operation }) => operation)).toEqual(['GetParameter']);
});

test('what was written is known without reading it back', async () => {
  const id = newChannel();
  const room = open();
  const version = await room.write(id, some('one'));
  watch();
  expect(await room.read(id, version)).toEqual(some('one'));
  expect(calls).toEqual([]);
});

test('while SSM is away the newest known secrets serve; without any it is unavailable', async () => {
  const [known, unknown] = [newChannel(), newChannel()];
  const room = open();
  await room.write(known, some('one'));
  await open().write(known, some('two'));
  await open().write(unknown, some('three'));
  breakDown();

  expect(await room.read(known, 2)).toEqual(some('one'));
  await expect(room.read(unknown, 1)).rejects.toMatchObject({ code: 'unavailable' });
  hooks.clear();
  // What was stale is not kept for the new version.
  expect(await room.read(known, 2)).toEqual(some('two'));
});

test('a failed fetch is not remembered', async () => {
  const id = newChannel();
  await open().write(id, some('one'));
  const room = open();
  breakDown();
  await expect(room.read(id, 1)).rejects.toMatchObject({ code: 'unavailable' });
  hooks.clear();
  expect(await room.read(id, 1)).toEqual(some('one'));
});

test('removing forgets every version, in memory too, and may be repeated', async () => {
  const id = newChannel();
  const room = open();
  await room.write(id, some('one'));
  await room.remove(id);
  await room.remove(id);
  await expect(room.read(id, 1)).rejects.toThrow('secrets: ParameterNotFound');
});

test('what SSM refuses is a fault of ours, whatever is known, and no SSM that is away', async () => {
  hooks.add(() => 'refuse');
  const refused = [open().read(newChannel(), 1), open().write(newChannel(), some('very-secret'))];
  for (const call of refused) {
    await expect(call).rejects.toSatisfy(
      (error: Error) => !('code' in error) && error.message === 'secrets: AccessDeniedException',
    );
  }
});

test('what does not fit one parameter is refused before it is sent', async () => {
  const id = newChannel();
  watch();
  const tooLong = open().write(id, { ...some('one'), agent_headers: { 'x-a': 'Ж'.repeat(2_000) } });
  await expect(tooLong).rejects.toMatchObject({ code: 'request-invalid' });
  expect(calls).toEqual([]);
});

test('no failure repeats a secret', async () => {
  const id = newChannel();
  breakDown();
  const failure: Error = await open()
    .write(id, some('very-secret'))
    .then(
      () => expect.fail('it was written'),
      (error) => error,
    );
  expect(failure.cause).toBeUndefined();
  expect(JSON.stringify({ ...failure, text: String(failure) })).not.toContain('very-secret');
});
