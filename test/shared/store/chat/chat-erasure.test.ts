import { expect, test } from 'vitest';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { leaveTombstone, markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { putItem } from '../../../../shared/store/table.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();

/** Every field that a chat may have, so that the compiler asks for each new one. */
const FIELDS: Record<Exclude<keyof Chat, 'channel_id' | 'id' | 'channel_chat_id' | 'names'>, 1> = {
  ...{ phone: 1, bsuid: 1, wa_id: 1, username: 1, name: 1, created_at: 1, first_event_id: 1 },
  ...{ last_inbound_at: 1, inbound_before: 1, inbound_earlier: 1, inbound_event: 1, dialog: 1 },
  ...{ dialog_at: 1, paused_until: 1, control: 1, turns_counted: 1, turns_since: 1, burst: 1 },
  ...{ burst_newest: 1, missed: 1, hold_told: 1, refuted_inbound_at: 1, parked: 1, fallback: 1 },
  ...{ stop_word: 1, marketing: 1, pace_at: 1, menu: 1, media_wait: 1, agent_session: 1 },
  ...{ expires_at: 1, names_until: 1 },
};
const IDS = { channel_id: 'ch_1', id: 'c1' };
const LEADS_ON = { channel_chat_id: '491713920042|dialog360', older_turns_id: 'older' };
const named = { names: new Set(['phone:491713920042']), turn_ids: new Set(['evt_1']) };

const fieldsOf = async () => {
  const { pk, sk, ...row } = (await table.look(chatKey('ch_1', 'c1'))) ?? {};
  return Object.keys(row).toSorted();
};

test('an erased chat keeps what leads to the rest until that is gone, and then the ids alone', async () => {
  await putItem(table, { ...chatKey('ch_1', 'c1'), ...FIELDS, ...IDS, ...LEADS_ON, ...named });
  expect(await markChatErased(table, IDS, 7)).toEqual({
    names: ['phone:491713920042'],
    channelChatId: '491713920042|dialog360',
    turnIds: ['evt_1'],
    olderTurnsId: 'older',
  });
  const kept = ['channel_id', 'erased_at', 'id'];
  const leading = ['channel_chat_id', 'names', 'older_turns_id', 'turn_ids'];
  expect(await fieldsOf()).toEqual([...kept, ...leading].toSorted());
  await leaveTombstone(table, IDS);
  expect(await fieldsOf()).toEqual(kept);
  expect(await markChatErased(table, IDS, 8)).toBeNull();
});
