import { expect, test } from 'vitest';
import { idOf } from '../../../../shared/kernel/hash.ts';
import { traceOf } from '../../../../shared/rules/delivery/trace-of.ts';

const EVENT = idOf('evt', 'a');
const REQUEST = idOf('req', 'b');

// biome-ignore format: a table reads by column
const replies = [
  { of: 'an answer to an event',                         event_id: EVENT,                  turn_id: EVENT,   trace: EVENT },
  { of: 'a late answer, sent in a request',              event_id: EVENT,                  turn_id: REQUEST, trace: EVENT },
  { of: 'a request that names no event',                 event_id: null,                   turn_id: REQUEST, trace: REQUEST },
  { of: 'a request that names words as its event',       event_id: 'Anna, +49 171 392004', turn_id: REQUEST, trace: REQUEST },
  { of: 'a request that names more than an id',          event_id: `${EVENT}0`,            turn_id: REQUEST, trace: REQUEST },
];

test.each(replies)('the story of $of is found under one id', ({ event_id, turn_id, trace }) => {
  expect(traceOf({ event_id, turn_id })).toBe(trace);
});
