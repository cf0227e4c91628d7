import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delivery } from '../../../../shared/contract/delivery.ts';
import { outboundJobSchema, replyJobSchema } from '../../../../shared/contract/jobs.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import {
  type AcceptedReplies,
  jobBehind,
  outboundEntry,
  outboundGroup,
  ownId,
  releaseEntry,
  replyJobs,
} from '../../../../shared/rules/delivery/reply-jobs.ts';
import { someDelivery } from '../../../support/some-delivery.ts';

const accepted = (replies: unknown[], more: Partial<AcceptedReplies> = {}): AcceptedReplies => ({
  channelId: 'ch_1',
  chatId: 'chat-1',
  turnId: 'evt_1',
  eventId: 'evt_1',
  acceptedAt: 1_795_000_000_000,
  automatic: true,
  replies,
  ...more,
});
const idsOf = (replies: unknown[], more?: Partial<AcceptedReplies>) =>
  replyJobs(accepted(replies, more)).map(({ reply_id }) => reply_id);
const named = (id: string) => ({ type: 'text', text: 'hi', id });

test('each reply is a job in its place, as the sender parses it', () => {
  const jobs = replyJobs(accepted(['one', named('mine'), null], { automatic: false }));
  expect(jobs.map((job) => parse(replyJobSchema, JSON.parse(JSON.stringify(job))))).toEqual(jobs);
  expect(
    jobs.map(({ index, reply, automatic, turn_id }) => [index, reply, automatic, turn_id]),
  ).toEqual([
    [0, 'one', false, 'evt_1'],
    [1, named('mine'), false, 'evt_1'],
    [2, null, false, 'evt_1'],
  ]);
});

test('ids are the same however often they are made, and differ by turn and place', () => {
  expect(idsOf(['a', 'b'])).toEqual(idsOf(['a', 'b']));
  const all = [...idsOf(['a', 'b']), ...idsOf(['a', 'b'], { turnId: 'evt_2' })];
  expect(new Set(all).size).toBe(4);
  for (const id of all) expect(id).toMatch(/^rep_[0-9a-f]{32}$/);
});

test('an id of the agent’s own is one reply of the chat, whatever turn and place it has', () => {
  const [first] = idsOf([named('mine')]);
  expect(idsOf(['x', named('mine')], { turnId: 'evt_2' })[1]).toBe(first);
  expect(idsOf([named('mine')], { chatId: 'chat-2' })[0]).not.toBe(first);
  expect(idsOf([named('mine')], { channelId: 'ch_2' })[0]).not.toBe(first);
});

test('the second reply with one own id is refused, under an id of its place', () => {
  const [first, second] = replyJobs(accepted([named('a'), named('a')]));
  expect(first).not.toHaveProperty('refusal');
  expect(second?.refusal).toMatchObject({ code: 'duplicate-id' });
  expect(second?.reply_id).not.toBe(first?.reply_id);
});

// biome-ignore format: a table reads by column
const ids = [
  { what: 'a text',                reply: 'hi',                      id: null },
  { what: 'nothing',               reply: null,                      id: null },
  { what: 'no id',                 reply: { type: 'text' },          id: null },
  { what: 'an empty id',           reply: named(''),                 id: null },
  { what: 'an id that is a number', reply: { id: 7 },                id: '7' },
  { what: 'an id of 128',          reply: named('x'.repeat(128)),    id: 'x'.repeat(128) },
  { what: 'an id of 129',          reply: named('x'.repeat(129)),    id: null },
];

test.each(ids)('the own id of a reply with $what', ({ reply, id }) => {
  expect(ownId(reply)).toBe(id);
});

test('of a flood of replies only a hundred become jobs', () => {
  expect(replyJobs(accepted(Array(500).fill(',')))).toHaveLength(100);
});

test('no two jobs of a turn share a delivery, and all are in the chat’s group', () => {
  const reply = fc.oneof(fc.string(), fc.constantFrom(named('a'), named('b'), { id: 1 }, null));
  fc.assert(
    fc.property(fc.array(reply, { maxLength: 20 }), (replies) => {
      const jobs = replyJobs(accepted(replies));
      expect(jobs.map((job) => job.reply)).toEqual(replies);
      expect(new Set(jobs.map(({ reply_id }) => reply_id)).size).toBe(replies.length);
      const entries = jobs.map(outboundEntry);
      expect(new Set(entries.map(({ group }) => group)).size).toBe(Math.min(replies.length, 1));
      expect(new Set(entries.map((entry) => entry.deduplicationId)).size).toBe(replies.length);
    }),
  );
});

test('answers to a notification are marked, and nothing else is', () => {
  expect(replyJobs(accepted(['one'], { parkIfClosed: true }))[0]).toHaveProperty(
    'park_if_closed',
    true,
  );
  expect(replyJobs(accepted(['one']))[0]).not.toHaveProperty('park_if_closed');
});

// biome-ignore format: a table reads by column
const kinds: { what: string; more: Partial<Delivery> }[] = [
  { what: 'an answer',                  more: {} },
  { what: 'what came through an endpoint',   more: { automatic: false, event_id: null } },
  { what: 'a notification',             more: { notification: { id: 'ntf_1', request_id: 'mine' } } },
  { what: 'an answer to one',           more: { park_if_closed: true } },
  { what: 'a fallback template',        more: { fallback_for: 'rep_0' } },
];

test.each(kinds)('the job behind the delivery of $what says all that the delivery does', ({
  more,
}) => {
  const delivery = someDelivery([], more);
  const job = jobBehind(delivery, 'words');
  expect(parse(replyJobSchema, JSON.parse(JSON.stringify(job)))).toEqual(job);
  const { id: _, parts: _p, part_count: _c, notes: _n, ...same } = delivery;
  expect(job).toEqual({ kind: 'reply', reply: 'words', ...same });
});

test('a look at the park stands behind what is queued for the chat, once for each reason', () => {
  const job = { kind: 'release', channel_id: 'ch_1', chat_id: 'chat-1' } as const;
  const look = releaseEntry(job, 'evt_2');
  expect(look.group).toBe(outboundGroup({ channel_id: 'ch_1', chat_id: 'chat-1' }));
  expect(parse(outboundJobSchema, look.job)).toEqual(job);
  expect(releaseEntry(job, 'evt_2').deduplicationId).toBe(look.deduplicationId);
  expect(releaseEntry(job, 'evt_3').deduplicationId).not.toBe(look.deduplicationId);
});

test('a job of a redriven turn says so, and no other has the word', () => {
  const [job] = replyJobs(accepted(['a'], { redriven: 7 }));
  expect(job).toMatchObject({ redriven: 7 });
  expect(Object.keys(replyJobs(accepted(['a']))[0] ?? {})).not.toContain('redriven');
  expect(job?.reply_id).not.toBe(idsOf(['a'])[0]);
});
