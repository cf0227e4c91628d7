import { expect, test } from 'vitest';
import type { InboundStatus } from '../../../../shared/contract/inbound-item.ts';
import {
  findSentMessage,
  recordEarlyStatus,
  recordHumanMessage,
  recordSentMessage,
} from '../../../../shared/store/delivery/sent-messages.ts';
import { sentMessageKey } from '../../../../shared/store/keys.ts';
import { useTable } from '../../../support/table.ts';

const table = useTable();
const now = Date.parse('2026-11-22T10:00:00.500Z');
const inTwoWeeks = Date.parse('2026-12-06T10:00:00Z') / 1000;
const owner = { chatId: 'c1', replyId: 'rep_1', part: 0, round: 0, id: 'mine' } as const;
let made = 0;
const newMessage = () => ({ channelId: 'ch_1', messageId: `wamid.${++made}` });
const status = (
  { messageId }: { messageId: string },
  kind: InboundStatus['status'],
  more: Partial<InboundStatus> = {},
): InboundStatus => ({
  message_id: messageId,
  status: kind,
  at: now,
  callback: null,
  recipient: { phone: '491713920042', bsuid: null, username: null },
  errors: [],
  ...more,
});
const early = (message: { messageId: string }, kind: InboundStatus['status']) =>
  recordEarlyStatus(table, 'ch_1', status(message, kind), now);

test('a message id leads to its part, is recorded in one write and kept for two weeks', async () => {
  const message = newMessage();
  expect(await findSentMessage(table, message)).toBeNull();
  table.calls.splice(0);
  expect(await recordSentMessage(table, message, owner, now)).toEqual({
    owner,
    human: false,
    early: [],
  });
  expect(table.calls).toEqual(['UpdateItem']);
  expect(await findSentMessage(table, message)).toEqual({ owner, human: false, early: [] });
  expect(await table.look(sentMessageKey('ch_1', message.messageId))).toMatchObject({
    expires_at: inTwoWeeks,
  });
});

test('recording a message twice changes nothing', async () => {
  const message = newMessage();
  const first = await recordSentMessage(table, message, owner, now);
  expect(await recordSentMessage(table, message, owner, now)).toEqual(first);
});

test('a status that comes after the record learns which part it belongs to', async () => {
  const message = newMessage();
  await recordSentMessage(table, message, owner, now);
  expect(await early(message, 'sent')).toMatchObject({ owner });
});

test('a record that comes after a status is given that status whole', async () => {
  const message = newMessage();
  expect(await early(message, 'delivered')).toMatchObject({ owner: null });
  expect(await recordSentMessage(table, message, owner, now)).toEqual({
    owner,
    human: false,
    early: [status(message, 'delivered')],
  });
});

test('when record and status come at once, at least one of the two sees the other', async () => {
  for (let time = 0; time < 20; time++) {
    const message = newMessage();
    const both = [
      () => early(message, 'sent'),
      () => recordSentMessage(table, message, owner, now),
    ];
    const [one, other] = await Promise.all((time % 2 ? both : both.reverse()).map((go) => go()));
    const seen = [one, other].some((known) => known?.owner !== null && known?.early.length === 1);
    expect(seen).toBe(true);
  }
});

test('several early statuses are kept, each once, also when they come at once', async () => {
  const message = newMessage();
  const kinds = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
  await Promise.all([...kinds, ...kinds, ...kinds].map((kind) => early(message, kind)));
  const { early: waiting } = await recordSentMessage(table, message, owner, now);
  expect(waiting.map((one) => one.status).sort()).toEqual([...kinds].sort());
});

test('of two early statuses of one kind the first is kept', async () => {
  const message = newMessage();
  const error = (code: number) => ({ errors: [{ code, title: 'Failed' }] });
  for (const code of [131_053, 131_026]) {
    await recordEarlyStatus(table, 'ch_1', status(message, 'failed', error(code)), now);
  }
  expect((await findSentMessage(table, message))?.early).toEqual([
    status(message, 'failed', error(131_053)),
  ]);
});

test('an early status with numbers that DynamoDB cannot hold is kept like any other', async () => {
  const message = newMessage();
  const odd = { pricing: { price: 1e300, tiny: 1e-300 }, errors: [{ code: 1e20, title: '?' }] };
  await recordEarlyStatus(table, 'ch_1', status(message, 'sent', odd), now);
  expect((await findSentMessage(table, message))?.early).toEqual([status(message, 'sent', odd)]);
});

test('early statuses that are as large as a queue carries them do not fill the message’s item', async () => {
  const message = newMessage();
  for (const kind of ['sent', 'delivered', 'read', 'played'] as const) {
    const pricing = { type: 'x'.repeat(150 * 1024) };
    await recordEarlyStatus(table, 'ch_1', status(message, kind, { pricing }), now);
  }
  const { early: waiting } = await recordSentMessage(table, message, owner, now);
  expect(waiting.map((one) => one.status)).toHaveLength(4);
});

test('an early status without a record expires after two weeks, however often it is repeated', async () => {
  const message = newMessage();
  await early(message, 'sent');
  await recordEarlyStatus(table, 'ch_1', status(message, 'sent'), now + 7 * 24 * 3_600_000);
  expect(await table.look(sentMessageKey('ch_1', message.messageId))).toMatchObject({
    expires_at: inTwoWeeks,
  });
});

test('a message a person wrote in the app is known as such, before and after its statuses', async () => {
  const [before, after] = [newMessage(), newMessage()];
  await recordHumanMessage(table, before, now);
  await early(before, 'sent');
  await early(after, 'sent');
  await recordHumanMessage(table, after, now);
  for (const message of [before, after]) {
    const known = await findSentMessage(table, message);
    expect(known).toEqual({ owner: null, human: true, early: [status(message, 'sent')] });
  }
  expect(await table.look(sentMessageKey('ch_1', before.messageId))).toMatchObject({
    expires_at: inTwoWeeks,
  });
});

test('a message is recorded with its round, and with null for a reply without an id of the agent’s', async () => {
  const message = newMessage();
  const second = { ...owner, part: 3, round: 1, id: null } as const;
  await recordSentMessage(table, message, second, now);
  expect(await findSentMessage(table, message)).toMatchObject({ owner: second });
});

test('one message id in two channels is two messages', async () => {
  const message = newMessage();
  await recordSentMessage(table, message, owner, now);
  expect(await findSentMessage(table, { ...message, channelId: 'ch_2' })).toBeNull();
});
