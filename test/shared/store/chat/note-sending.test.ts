import { expect, test } from 'vitest';
import type { ChatPlace } from '../../../../shared/store/chat/chat-upsert.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { noteSending } from '../../../../shared/store/chat/note-sending.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const chatOf = async ({ channelId, chatId }: ChatPlace) =>
  (await findChat(table, channelId, chatId, { consistent: true })) ?? expect.fail('no chat');
const idOf = ({ channelId, chatId }: ChatPlace) => ({ channel_id: channelId, id: chatId });

test('each fact that sending leaves is replaced without the others', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  const wait = { reply_id: 'rep_1', part: 0, until: HEARD_AT + 3_000 };
  await noteSending(table, idOf(place), { pace_at: HEARD_AT, media_wait: wait });
  await noteSending(table, idOf(place), { pace_at: HEARD_AT + 6_000 });
  expect(await chatOf(place)).toMatchObject({
    pace_at: HEARD_AT + 6_000,
    media_wait: wait,
    menu: null,
  });
  await noteSending(table, idOf(place), { media_wait: null });
  expect((await chatOf(place)).media_wait).toBeNull();
});
