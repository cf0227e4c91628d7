import { expect, test } from 'vitest';
import type { ChatPlace } from '../../../../shared/store/chat/chat-upsert.ts';
import { closeDialog } from '../../../../shared/store/chat/close-dialog.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { HEARD_AT, someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const chatOf = async ({ channelId, chatId }: ChatPlace) =>
  (await findChat(table, channelId, chatId, { consistent: true })) ?? expect.fail('no chat');
const idOf = ({ channelId, chatId }: ChatPlace) => ({ channel_id: channelId, id: chatId });

// biome-ignore format: a table reads by column
const closings = [
  { when: 'the visitor has not written since',                 since: HEARD_AT,     is: 'closed' },
  { when: 'the answer came later than the message',     since: HEARD_AT + 1, is: 'closed' },
  { when: 'the visitor wrote again meanwhile',             since: HEARD_AT - 1, is: 'open' },
];

test.each(closings)('the agent closes the dialog and $when: $is', async ({ since, is }) => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await closeDialog(table, idOf(place), since);
  await closeDialog(table, idOf(place), since);
  expect((await chatOf(place)).dialog).toBe(is);
});

test('the next message opens a closed dialog again', async () => {
  const place = somePlace();
  await recordInbound(table, someInboundFacts(place));
  await closeDialog(table, idOf(place), HEARD_AT);
  expect(
    (await recordInbound(table, someInboundFacts({ ...place, now: HEARD_AT + 1 })))?.dialog,
  ).toBe('open');
});
