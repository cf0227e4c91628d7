import { expect, test } from 'vitest';
import { replyViewSchema } from '../../../shared/contract/reply-view.ts';
import { idOf } from '../../../shared/kernel/hash.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { insertDelivery } from '../../../shared/store/delivery/insert-delivery.ts';
import { HAPPENED_AT, someDelivery, somePart } from '../../support/some-delivery.ts';
import { openRequestsStage } from './stage.ts';

const stage = openRequestsStage();
const at = new Date(HAPPENED_AT).toISOString();

test('a reply is shown with the state of each part and the notes of all of them', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const reply_id = idOf('rep', chat.id);
  const pricing = { billable: true, category: 'service' };
  const parts = [
    somePart('read', {
      message_id: 'wamid.1',
      pricing: JSON.stringify(pricing),
      notes: ['caption-moved'],
    }),
    somePart('failed', { code: 'provider-131026', reason: 'Message undeliverable' }),
  ];
  // A caller may name any text as the event that is answered: it is no id to look for in the log.
  const turnId = idOf('req', chat.id);
  const more = {
    channel_id: channel.id,
    chat_id: chat.id,
    reply_id,
    turn_id: turnId,
    part_count: 3,
  };
  await insertDelivery(
    stage.table,
    someDelivery(parts, { ...more, notes: ['text-split'] }),
    HAPPENED_AT,
  );
  const { status, body } = await stage.ask(channel, `GET /replies/${reply_id}`);
  expect(status).toBe(200);
  expect(parse(replyViewSchema, body)).toEqual({
    reply_id,
    id: 'mine',
    event_id: 'evt_1',
    trace_id: turnId,
    chat_id: chat.id,
    accepted_at: at,
    parts: [
      { status: 'read', message_id: 'wamid.1', code: null, reason: null, at, attempts: 1, pricing },
      {
        status: 'failed',
        message_id: null,
        code: 'provider-131026',
        reason: 'Message undeliverable',
        at,
        attempts: 1,
      },
      { status: 'waiting', message_id: null, code: null, reason: null, at: null, attempts: 0 },
    ],
    notes: ['text-split', 'caption-moved'],
  });
});

test('a reply that does not exist, of another channel, or of an erased chat is unknown', async () => {
  const [channel, other] = [await stage.channel(), await stage.channel()];
  const chat = await stage.visitor(channel);
  const reply_id = idOf('rep', chat.id);
  // An old delivery, whose turn has expired: erasing the chat does not find it any more.
  const more = { channel_id: channel.id, chat_id: chat.id, reply_id, turn_id: 'evt_expired' };
  await insertDelivery(stage.table, someDelivery([somePart('read')], more), HAPPENED_AT);
  expect((await stage.ask(channel, `GET /replies/${reply_id}`)).status).toBe(200);
  await stage.ask(channel, `DELETE /chats/${chat.id}`);
  for (const [whose, id] of [
    [channel, reply_id],
    [other, reply_id],
    [channel, idOf('rep', 'nobody')],
    [channel, 'x'.repeat(3_000)],
  ] as const) {
    const { status, body } = await stage.ask(whose, `GET /replies/${id}`);
    expect([status, body.code]).toEqual([404, 'reply-unknown']);
  }
});
