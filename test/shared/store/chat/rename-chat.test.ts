import { expect, test } from 'vitest';
import type { ChatPlace } from '../../../../shared/store/chat/chat-upsert.ts';
import { closeDialog } from '../../../../shared/store/chat/close-dialog.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { noteSending } from '../../../../shared/store/chat/note-sending.ts';
import { countMissed } from '../../../../shared/store/chat/pause-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { renameChat } from '../../../../shared/store/chat/rename-chat.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const chatOf = async ({ channelId, chatId }: ChatPlace) =>
  (await findChat(table, channelId, chatId, { consistent: true })) ?? expect.fail('no chat');
const lies = ({ channelId, chatId }: ChatPlace) => table.look(chatKey(channelId, chatId));
const idOf = ({ channelId, chatId }: ChatPlace) => ({ channel_id: channelId, id: chatId });

test('new names are written where there is a chat; no such write makes a chat that is not there', async () => {
  const [place, nowhere] = [somePlace(), somePlace()];
  await recordInbound(table, someInboundFacts(place));
  await renameChat(table, idOf(place), { phone: '4915112345678', bsuid: 'DE.2', wa_id: '49151' });
  const names = { phone: '4915112345678', bsuid: 'DE.2', wa_id: '49151' };
  expect(await chatOf(place)).toMatchObject({
    ...names,
    channel_chat_id: '491713920042|dialog360',
  });

  await renameChat(table, idOf(nowhere), { phone: '1' });
  await countMissed(table, idOf(nowhere), 1);
  await closeDialog(table, idOf(nowhere), HEARD_AT);
  await noteSending(table, idOf(nowhere), { pace_at: HEARD_AT });
  expect(await lies(nowhere)).toBeNull();
});

test('a name that is not known removes none, and an empty change writes nothing', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  table.calls.splice(0);
  await renameChat(table, idOf(place), { phone: null });
  await renameChat(table, idOf(place), {});
  await noteSending(table, idOf(place), {});
  expect(table.calls).toEqual([]);
  expect((await chatOf(place)).phone).toBe('491713920042');
});
