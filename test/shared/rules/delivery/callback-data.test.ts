import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '../../../../shared/kernel/hash.ts';
import {
  callbackData,
  readCallbackData,
  roundOf,
  traceInCallback,
} from '../../../../shared/rules/delivery/callback-data.ts';

test('what we attach is read back whole and fits WhatsApp’s 512 bytes', () => {
  const part = fc.integer({ min: 0, max: 9_999 });
  const round = fc.constantFrom(0 as const, 1 as const, 2 as const);
  fc.assert(
    fc.property(fc.string(), part, round, (word, part, round) => {
      const name = { replyId: idOf('rep', word), part, round };
      const traceId = idOf('evt', word);
      const data = callbackData(name, traceId);
      expect(readCallbackData(data)).toEqual(name);
      expect(traceInCallback(data)).toBe(traceId);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(512);
    }),
  );
});

const id = idOf('rep', 'a');

// biome-ignore format: a table reads by column
const foreign = [
  { what: 'nothing',                     data: null },
  { what: 'an empty text',               data: '' },
  { what: 'a text of another program',   data: 'order-1234' },
  { what: 'an id without a part',        data: id },
  { what: 'no part after the sign',      data: `${id};;0` },
  { what: 'a part without a round', data: `${id};0` },
  { what: 'a part that is no number',    data: `${id};x;0` },
  { what: 'a negative part',             data: `${id};-1;0` },
  { what: 'a part out of reach',         data: `${id};10000;0` },
  { what: 'a fourth round',         data: `${id};0;3` },
  { what: 'words behind it',             data: `${id};0;1;no more` },
  { what: 'a line break behind it',      data: `${id};0;0\n` },
  { what: 'something before the id',     data: ` ${id};0;0` },
  { what: 'an id of another kind',       data: `evt${id.slice(3)};0;0` },
  { what: 'an id cut short',             data: `${id.slice(0, -1)};0;0` },
  { what: 'an id in capitals',           data: `rep_${'A'.repeat(32)};0;0` },
];

test.each(foreign)('$what is not ours', ({ data }) => {
  expect(readCallbackData(data)).toBeNull();
});

test('what an earlier version attached names the part and no trace, and foreign words are no trace', () => {
  expect(readCallbackData(`${id};3;1`)).toEqual({ replyId: id, part: 3, round: 1 });
  expect(traceInCallback(`${id};3;1`)).toBeNull();
  expect(traceInCallback(`${id};3;1;Anna`)).toBeNull();
  expect(traceInCallback(null)).toBeNull();
});

test('a part that was not begun, or says nothing else, is of the first round', () => {
  const part = { status: 'sending', rank: 1, message_id: null, code: null, reason: null } as const;
  expect(roundOf(undefined)).toBe(0);
  expect(roundOf({ ...part, at: 0, attempts: 1 })).toBe(0);
  expect(roundOf({ ...part, at: 0, attempts: 1, round: 1 })).toBe(1);
});
