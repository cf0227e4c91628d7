import { expect, test } from 'vitest';
import type { Part } from '../../../../shared/contract/delivery.ts';
import { partsToRedrive } from '../../../../shared/rules/dead-letter/parts-to-redrive.ts';
import { somePart } from '../../../support/some-delivery.ts';

const NOW = 9_000;
const gone = somePart('delivered', { message_id: 'wamid.1' });
const givenUp = somePart('failed', { code: 'given-up', attempts: 4 });
const unknown = somePart('failed', { code: 'outcome-unknown', unknowns: 1 });
const refused = somePart('refused', { code: 'window-closed' });

const redrive = (parts: Part[], of = parts.length) =>
  partsToRedrive({ parts: Object.fromEntries(parts.entries()), part_count: of }, 'resend', NOW);
const reopened = (parts: Part[]) => {
  const end = redrive(parts);
  return end.kind === 'reopen' ? Object.keys(end.parts) : end.kind;
};

// biome-ignore format: a table reads by column
test.each([
  { when: 'all has arrived',                        parts: [gone, gone],                                             comes: 'over' },
  { when: 'the second was given up',                parts: [gone, givenUp],                                          comes: ['1'] },
  { when: 'of the second nothing is known',         parts: [gone, unknown],                                          comes: ['1'] },
  { when: 'both are lost',                          parts: [givenUp, unknown],                                       comes: ['0', '1'] },
  { when: 'what was given up had a message id',     parts: [somePart('failed', { code: 'given-up', message_id: 'w' })], comes: 'over' },
  { when: 'the unknown one has its message id now', parts: [somePart('failed', { code: 'outcome-unknown', message_id: 'w' })], comes: 'over' },
  { when: 'the provider refused it',                parts: [somePart('failed', { code: 'provider-131026' })],        comes: 'over' },
  { when: 'it was refused before',                  parts: [refused],                                                comes: 'over' },
  { when: 'it is parked',                           parts: [somePart('parked')],                                     comes: 'over' },
  { when: 'it is on its way',                       parts: [gone, somePart('sending')],                              comes: 'at-work' },
  { when: 'it waits',                               parts: [somePart('waiting')],                                    comes: 'at-work' },
])('when $when, redriving comes to $comes', ({ parts, comes }) => {
  expect(reopened(parts)).toEqual(comes);
});

test('a reply of which a part has not begun, or no part, is at work', () => {
  expect(redrive([gone], 2)).toEqual({ kind: 'at-work' });
  expect(redrive([], 0)).toEqual({ kind: 'at-work' });
  expect(redrive([], 1)).toEqual({ kind: 'at-work' });
});

test('what may have reached the visitor does not go again where the channel reports such parts', () => {
  const end = partsToRedrive({ parts: { 0: unknown }, part_count: 1 }, 'report', NOW);
  expect(end).toMatchObject({ kind: 'over', reason: expect.stringContaining('unknown_outcome') });
  const other = partsToRedrive({ parts: { 0: givenUp }, part_count: 1 }, 'report', NOW);
  expect(other.kind).toBe('reopen');
});

test('a part that goes again begins anew, and stays in its round and its form', () => {
  const part = { ...givenUp, round: 1 as const, as: 'fallback' as const, retry_at: 5, by: 'x' };
  expect(redrive([part])).toEqual({
    kind: 'reopen',
    parts: {
      0: {
        ...{ status: 'waiting', rank: somePart('waiting').rank, message_id: null, code: null },
        ...{ reason: null, at: NOW, attempts: 0, released_at: NOW, round: 1, as: 'fallback' },
      },
    },
  });
});
