import { expect, test } from 'vitest';
import { changeChannel } from '../../../functions/channels/change-channel.ts';
import type { ChannelsDeps } from '../../../functions/channels/deps.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { updateItem } from '../../../shared/store/table.ts';
import { openStage, PLENTY } from './stage.ts';

const stage = openStage();

/** Changes a channel that another request changes each time in between, `others` times. */
async function change({
  others,
  ifMatch = null,
  deps = {},
  meanwhile = () => {},
}: {
  others: number;
  ifMatch?: string | null;
  deps?: Partial<ChannelsDeps>;
  meanwhile?: () => void;
}) {
  const { id } = (await stage.create()).body.channel;
  let decided = 0;
  let version = 1;
  const own = { ...stage.deps, timeLimits: PLENTY, ...deps };
  const ending = changeChannel(own, { channelId: id, ifMatch }, ({ channel, secrets }) => {
    decided += 1;
    meanwhile();
    return {
      after: { channel: { ...channel, title: 'Mine' }, secrets },
      askAgent: false,
      register: false,
    };
  });
  const overtake = async () => {
    if (version > others) return;
    version += 1;
    const values = { ':version': version };
    await updateItem(own.table, channelKey(id), { update: 'SET #version = :version', values });
  };
  stage.hooks.add(async ({ operation, moment }) => {
    if (operation === 'PutItem' && moment === 'before') await overtake();
    return 'pass' as const;
  });
  const end = await ending.then(
    (saved) => (typeof saved === 'string' ? saved : saved.channel.title),
    (error: { code?: string }) => error.code,
  );
  return { end, decided };
}

test.each([
  { others: 0, end: 'Mine', decided: 1 },
  { others: 4, end: 'Mine', decided: 5 },
  { others: 5, end: 'version-conflict', decided: 5 },
])('a change that another request precedes $others times ends with $end, after $decided attempts', async ({
  others,
  ...ends
}) => {
  expect(await change({ others })).toEqual(ends);
});

test('a change of a version that the caller named is refused at the first conflict', async () => {
  expect(await change({ others: 1, ifMatch: '"1"' })).toEqual({
    end: 'version-conflict',
    decided: 1,
  });
});

test('a change is not tried again once half of the time for calls is used up', async () => {
  let ahead = 0;
  const now = () => stage.deps.now() + ahead;
  const meanwhile = () => {
    ahead += PLENTY.allMs / 2 + 1;
  };
  const ends = { end: 'version-conflict', decided: 1 };
  expect(await change({ others: 1, deps: { now }, meanwhile })).toEqual(ends);
});
