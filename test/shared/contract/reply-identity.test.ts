import { expect, test } from 'vitest';
import {
  identityOf,
  REPLY_IDENTITY,
  replyIdentitySchema,
} from '../../../shared/contract/reply-identity.ts';
import { parse } from '../../../shared/kernel/parse.ts';

const least = {
  channel_id: 'ch_1',
  chat_id: 'chat-1',
  reply_id: 'rep_1',
  event_id: null,
  turn_id: 'evt_1',
  index: 0,
  accepted_at: 1_795_000_000_000,
  automatic: false,
};
const whole = {
  ...least,
  event_id: 'evt_1',
  automatic: true,
  redriven: 1_795_000_100_000,
  received_at: 1_794_999_999_000,
  notification: { id: 'ntf_1', request_id: 'mine' },
  park_if_closed: true as const,
  fallback_for: 'rep_0',
};

test('an identity is taken over whole', () => {
  expect(identityOf(whole)).toEqual(whole);
  expect(Object.keys(whole).toSorted()).toEqual(REPLY_IDENTITY.toSorted());
  expect(parse(replyIdentitySchema, JSON.parse(JSON.stringify(identityOf(whole))))).toEqual(whole);
});

test('optional fields that are missing, or undefined, are not there afterwards', () => {
  expect(identityOf(least)).toStrictEqual(least);
  expect(identityOf({ ...least, notification: undefined })).toStrictEqual(least);
});

test('fields that are no part of the identity do not travel on', () => {
  const foreign = { ...whole, kind: 'reply', again: { part: 0 }, invented: 'by a newer version' };
  expect(identityOf(foreign)).toStrictEqual(whole);
});
