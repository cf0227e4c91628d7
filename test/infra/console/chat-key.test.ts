import { expect, test } from 'vitest';
import { readChatKey } from '../../../infra/console/chats/chat-key.ts';

const CHAT = '0123456789abcdef0123456789abcdef01234567';
const REPLY = 'rep_9a8b7c6d5e4f30211203f4e5d6c7b8a9';

// biome-ignore format: a table reads by column
test.each([
  { typed: '+49 (171) 392-0042',      key: { chat: { phone: '491713920042' } } },
  { typed: ' 491713920042 ',          key: { chat: { phone: '491713920042' } } },
  { typed: 'DE.7340021985561204',     key: { chat: { bsuid: 'DE.7340021985561204' } } },
  { typed: 'DE.ENT.7340021985561204', key: { chat: { bsuid: 'DE.ENT.7340021985561204' } } },
  { typed: CHAT,                      key: { chat: { chat_id: CHAT } } },
  { typed: '491713920042|dialog360',  key: { chat: { channel_chat_id: '491713920042|dialog360' } } },
  { typed: REPLY,                     key: { replyId: REPLY } },
  { typed: '0171 3920042',            key: null },
  { typed: 'Anna',                    key: null },
  { typed: '',                        key: null },
])('$typed is read as what its form says', ({ typed, key }) => {
  expect(readChatKey(typed)).toEqual(key);
});
