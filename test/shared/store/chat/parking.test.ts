import { expect, test } from 'vitest';
import type { Chat, ParkedReply } from '../../../../shared/contract/chat.ts';
import { markChatErased } from '../../../../shared/store/chat/chat-erasure.ts';
import { findChat } from '../../../../shared/store/chat/find-chat.ts';
import { leavePark, park } from '../../../../shared/store/chat/parking.ts';
import { recordInbound } from '../../../../shared/store/chat/record-inbound.ts';
import { refuteWindow } from '../../../../shared/store/chat/refute-window.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { someParked } from '../../../support/some-delivery.ts';
import { someInboundFacts, somePlace } from '../../../support/some-visitor.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const some = (count: number): ParkedReply[] =>
  Array.from({ length: count }, (_, at) => someParked(`rep_${at}`, { until: 1_000 + at }));
const [one, two, three] = some(3) as [ParkedReply, ParkedReply, ParkedReply];

let place = somePlace();

/** A new visitor’s chat; the visitor wrote once, or never. */
async function visitor({ wrote = true } = {}): Promise<Chat> {
  place = somePlace();
  const said = someInboundFacts(place, wrote ? {} : { inboundAt: null });
  return (await recordInbound(table, said)) ?? expect.fail('there is no chat');
}
const now = async ({ channel_id, id }: Chat): Promise<Chat> =>
  (await findChat(table, channel_id, id, { consistent: true })) ?? expect.fail('there is no chat');
/** The visitor writes again, a second later. */
const speaks = () =>
  recordInbound(table, someInboundFacts(place, { inboundAt: place.now + 1_000 }));

test('replies are parked one behind the other, and leave the park one by one', async () => {
  const chat = await visitor();
  expect(chat.parked).toEqual([]);
  expect(await park(table, chat, [one])).toBe(true);
  expect(await park(table, await now(chat), [one, two])).toBe(true);
  expect((await now(chat)).parked).toEqual([one, two]);
  expect(await leavePark(table, await now(chat), [two])).not.toBeNull();
  expect((await now(chat)).parked).toEqual([two]);
  expect(await leavePark(table, await now(chat), [])).not.toBeNull();
  expect((await now(chat)).parked).toEqual([]);
});

test('an empty park leaves no trace in the row', async () => {
  const chat = await visitor();
  const before = await table.look(chatKey(chat.channel_id, chat.id));
  await park(table, chat, [one]);
  await leavePark(table, await now(chat), []);
  expect(await table.look(chatKey(chat.channel_id, chat.id))).toEqual(before);
});

test('twenty replies fit into one row and its condition, and removing one changes nothing else', async () => {
  const chat = await visitor();
  const twenty = some(20);
  expect(await park(table, chat, twenty)).toBe(true);
  const full = await now(chat);
  expect(full.parked).toEqual(twenty);
  table.calls.splice(0);
  expect(await leavePark(table, full, twenty.slice(1))).not.toBeNull();
  expect(table.calls).toEqual(['UpdateItem']);
  expect(await now(chat)).toEqual({ ...full, parked: twenty.slice(1) });
});

// biome-ignore format: a table reads by column
const changes: { when: string; before: ParkedReply[]; change: (chat: Chat) => Promise<unknown>; leaves: boolean }[] = [
  { when: 'the visitor has written',                 before: [],         change: () => speaks(),                                          leaves: true },
  { when: 'the visitor has written, and others wait',      before: [one, two], change: () => speaks(),                                          leaves: true },
  { when: 'WhatsApp has refuted our record',         before: [one],      change: (chat) => refuteWindow(table, chat, place.now),          leaves: true },
  { when: 'another reply was parked first',          before: [],         change: (chat) => park(table, chat, [two]),                      leaves: false },
  { when: 'another reply was parked behind it',    before: [one],      change: (chat) => park(table, chat, [one, two]),                 leaves: false },
  { when: 'one of them has left',                    before: [one, two], change: (chat) => leavePark(table, chat, [two]),                 leaves: false },
  { when: 'all of them have left',                   before: [one],      change: (chat) => leavePark(table, chat, []),                    leaves: false },
  { when: 'their order is another',                  before: [one, two], change: (chat) => park(table, chat, [two, one]),                 leaves: false },
  { when: 'one waits for another time',              before: [one],      change: (chat) => park(table, chat, [{ ...one, until: 7 }]),     leaves: false },
  { when: 'the chat is erased',                      before: [one],      change: (chat) => markChatErased(table, chat, place.now),              leaves: false },
];

test.each(
  changes,
)('when $when, parking on what was read before fails; a reply can leave the park: $leaves', async ({
  before,
  change,
  leaves,
}) => {
  const chat = await visitor();
  if (before.length > 0) await park(table, chat, before);
  const read = await now(chat);
  await change(read);
  const key = chatKey(chat.channel_id, chat.id);
  const changed = await table.look(key);
  expect(await park(table, read, [...before, three])).toBe(false);
  expect(await table.look(key)).toEqual(changed);
  if (before.length === 0) return;
  expect((await leavePark(table, read, before.slice(1))) !== null).toBe(leaves);
  if (!leaves) expect(await table.look(key)).toEqual(changed);
});

test('a visitor’s first message ever is a change that parking notices', async () => {
  const neverWrote = await visitor({ wrote: false });
  expect(neverWrote.last_inbound_at).toBeNull();
  await speaks();
  expect(await park(table, neverWrote, [one])).toBe(false);
  const hasWritten = await now(neverWrote);
  expect(await park(table, hasWritten, [one])).toBe(true);
});

test('a reply to a visitor who never wrote can be parked too: an answer to a notification', async () => {
  const chat = await visitor({ wrote: false });
  expect(await park(table, chat, [one])).toBe(true);
  expect((await now(chat)).parked).toEqual([one]);
});

test('nothing is parked in a chat that is not there', async () => {
  const chat = await visitor();
  const elsewhere = { ...chat, id: 'f'.repeat(40) };
  expect(await park(table, elsewhere, [one])).toBe(false);
  expect(await leavePark(table, { ...elsewhere, parked: [one] }, [])).toBeNull();
  expect(await table.look(chatKey(chat.channel_id, elsewhere.id))).toBeNull();
});

test('parking whose response was lost is repeated by the client, and reports that it came too late', async () => {
  const chat = await visitor();
  let lost = 0;
  table.hooks.add(({ operation, moment }) => {
    if (operation !== 'UpdateItem' || moment !== 'after' || lost > 0) return 'pass';
    lost += 1;
    return 'fail';
  });
  expect(await park(table, chat, [one])).toBe(false);
  expect(lost).toBe(1);
  expect((await now(chat)).parked).toEqual([one]);
});

test('of two that park at once one succeeds', async () => {
  const chat = await visitor();
  const won = await Promise.all([park(table, chat, [one]), park(table, chat, [two])]);
  expect(won.filter(Boolean)).toHaveLength(1);
  expect((await now(chat)).parked).toEqual([won[0] ? one : two]);
});

test('removing a reply from the park returns the chat as it is by then', async () => {
  const chat = await visitor();
  await park(table, chat, [one]);
  const read = await now(chat);
  await speaks();
  expect(await leavePark(table, read, [])).toMatchObject({
    parked: [],
    last_inbound_at: place.now + 1_000,
  });
});
