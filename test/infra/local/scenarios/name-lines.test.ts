import { expect, test } from 'vitest';
import type { ChatLine } from '../../../../infra/local/dialog360/chat/chat-line.ts';
import { withIds, withPlaces } from '../../../../infra/local/scenarios/name-lines.ts';

const chat = (prefix: string) =>
  (['user', 'business', 'business', 'user'] as const).map(
    (from, at) => ({ from, message_id: `${prefix}-${at}` }) as ChatLine,
  );

// biome-ignore format: a table reads by column
const plays = [
  { play: { text: 'a', quote: 'then-1' },                     named: { text: 'a', quote: 'reply-1' } },
  { play: { tap: 'Yes', to: 'then-2' },                       named: { tap: 'Yes', to: 'reply-2' } },
  { play: { reaction: { to: 'then-1', emoji: '👍' } },         named: { reaction: { to: 'reply-1', emoji: '👍' } } },
  { play: { edit: { to: 'then-3', text: 'then-1' } },         named: { edit: { to: 'own-2', text: 'then-1' } } },
  { play: { revoke: { to: 'then-0' } },                       named: { revoke: { to: 'own-1' } } },
  { play: { text: 'then-1', quote: 'last' },                  named: { text: 'then-1', quote: 'last' } },
];

test.each(plays)('$named names its message by its place, and means the same one in another chat', ({
  play,
  named,
}) => {
  expect(withPlaces(play, chat('then'))).toEqual(named);
  const now = JSON.parse(JSON.stringify(play).replaceAll(/"(to|quote)":"then-/g, '"$1":"now-'));
  expect(withIds(named, chat('now'))).toEqual(now);
});
