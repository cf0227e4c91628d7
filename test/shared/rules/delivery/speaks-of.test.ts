import { expect, test } from 'vitest';
import { speaksOf } from '../../../../shared/rules/delivery/callback-data.ts';
import { somePart } from '../../../support/some-delivery.ts';

// biome-ignore format: a table reads by column
const cases = [
  { when: 'the message is the part’s',                part: { message_id: 'wamid.new' },                             round: 0, speaks: true },
  { when: 'our own record is not written yet',        part: { message_id: null },                                    round: 0, speaks: true },
  { when: 'an own id was used again',                 part: { message_id: 'wamid.other' },                           round: 0, speaks: false },
  { when: 'the part was sent again since',            part: { message_id: null, round: 1 as const },            round: 0, speaks: false },
  { when: 'message and part are of the second round', part: { message_id: 'wamid.new', round: 1 as const },     round: 1, speaks: true },
  { when: 'it is of a round that has not begun',      part: { message_id: 'wamid.new' },                             round: 1, speaks: false },
] as const;

test.each(cases)('a status speaks of its part ($speaks) when $when', ({ part, round, speaks }) => {
  expect(speaksOf(somePart('accepted', part), { messageId: 'wamid.new', round })).toBe(speaks);
});
