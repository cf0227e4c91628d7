import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkerDeps } from '../../../../functions/worker/deps.ts';
import { showTyping } from '../../../../functions/worker/turn/show-typing.ts';
import { json } from '../../../../infra/local/http/serve.ts';
import type { Channel } from '../../../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../../../shared/contract/channel-secrets.ts';
import { useProviderStub } from '../../../support/provider-stub.ts';
import { until } from '../../../support/runtime-until.ts';

const provider = useProviderStub();
// Only the timer that repeats: everything else, the network first, needs the real ones.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const secrets = { token: 'key-1' } as ChannelSecrets;
const think = (typing: 'on' | 'read' | 'off', hosting: Channel['hosting'] = 'cloud') => {
  const { base_url } = provider.account();
  const channel = { hosting, base_url, options: { typing_indicator: typing } } as Channel;
  return showTyping({ reach: 'local' } as WorkerDeps, channel, secrets, 'wamid.1');
};
const shown = () =>
  provider.asked.map(({ body }) =>
    'typing_indicator' in JSON.parse(String(body)) ? 'typing' : 'read',
  );
const asked = (times: number) => until(() => provider.asked.length === times);

test('while the agent thinks, the visitor sees the indicator at once, and again every 20 s', async () => {
  provider.says(json(200, { success: true }));
  const stop = think('on');
  await asked(1);
  vi.advanceTimersByTime(19_999);
  vi.advanceTimersByTime(1);
  await asked(2);
  vi.advanceTimersByTime(40_000);
  await asked(4);
  await stop();
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['typing', 'typing', 'typing', 'typing']);
});

test.each([
  { what: 'a channel that only marks as read', typing: 'read', hosting: 'cloud', shows: ['read'] },
  { what: 'the old API', typing: 'on', hosting: 'on-premise', shows: ['read'] },
  { what: 'a channel that shows nothing', typing: 'off', hosting: 'cloud', shows: [] },
] as const)('$what marks the message as read once at most, and shows no typing', async ({
  typing,
  hosting,
  shows,
}) => {
  provider.says(json(200, { success: true }));
  const stop = think(typing, hosting);
  vi.advanceTimersByTime(60_000);
  await stop();
  expect(shown()).toEqual(shows);
});

test('stopping waits for the call under way, and a call that failed throws nothing', async () => {
  provider.says('reset');
  const stop = think('on');
  await expect(stop()).resolves.toBeUndefined();
  expect(provider.asked).toHaveLength(1);
});
