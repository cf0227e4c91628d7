import { expect, test } from 'vitest';
import { isWindowOpen } from '../../../../shared/rules/window/window.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { makeChat } from '../../../../shared/store/chat/make-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { refuteWindow } from '../../../../shared/store/chat/refute-window.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const wrote = Date.parse('2026-11-22T10:00:00Z');
let made = 0;

const place = () => {
  made += 1;
  const names = { phone: `4917139200${made}`, bsuid: null, username: null, name: 'Anna' };
  return { channelId: 'ch_1', chatId: `c${made}`, eventId: 'evt_1', now: wrote, ...names };
};
const writes = async (at: { chatId?: string; inboundAt?: number } = {}) => {
  const chat = await recordInbound(table, { ...place(), inboundAt: wrote, ...at });
  return chat ?? expect.fail('there is no chat');
};
const again = async ({ id }: { id: string }) =>
  (await findChat(table, 'ch_1', id, { consistent: true })) ?? expect.fail('there is no chat');

test('the window stays closed for the visitor’s last message, until the visitor writes again', async () => {
  const chat = await writes();
  expect(await refuteWindow(table, chat, wrote)).toBe(true);
  expect(isWindowOpen(await again(chat), wrote + 1_000)).toBe(false);
  expect(await refuteWindow(table, chat, wrote)).toBe(true); // a second part is refused the same way
  await writes({ chatId: chat.id, inboundAt: wrote + 5_000 });
  expect(isWindowOpen(await again(chat), wrote + 6_000)).toBe(true);
});

test('a repeat of an older message does not open the window again', async () => {
  const chat = await writes();
  await refuteWindow(table, chat, wrote);
  await writes({ chatId: chat.id, inboundAt: wrote - 5_000 });
  await writes({ chatId: chat.id, inboundAt: wrote });
  expect(isWindowOpen(await again(chat), wrote + 1_000)).toBe(false);
});

test('the window stays open when the visitor has written since the message left', async () => {
  const chat = await writes();
  await writes({ chatId: chat.id, inboundAt: wrote + 2_000 });
  expect(await refuteWindow(table, chat, wrote + 1_000)).toBe(false);
  expect(await again(chat)).toMatchObject({ refuted_inbound_at: null });
});

test('nothing is written for a visitor who never wrote, an unknown chat, or an erased one', async () => {
  const silent = await makeChat(table, place());
  expect(await refuteWindow(table, silent ?? expect.fail(), wrote)).toBe(false);
  expect(await refuteWindow(table, { channel_id: 'ch_1', id: 'unknown' }, wrote)).toBe(false);
  const erased = await writes();
  await markChatErased(table, erased, wrote);
  expect(await refuteWindow(table, erased, wrote)).toBe(false);
});
