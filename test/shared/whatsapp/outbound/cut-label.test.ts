import { expect, test } from 'vitest';
import { cutLabel } from '../../../../shared/whatsapp/outbound/cut-label.ts';

const flag = '🇺🇦'; // 4 UTF-16 units, one thing on the screen

// biome-ignore format: a table reads by column
test.each([
  { when: 'it fits',                              label: 'Yes',            max: 5, cut: 'Yes' },
  { when: 'it fits exactly',                      label: 'Maybe',          max: 5, cut: 'Maybe' },
  { when: 'it is one unit too long',              label: 'Maybe!',         max: 5, cut: 'Mayb…' },
  { when: 'a blank would stand before the mark',  label: 'May be',         max: 5, cut: 'May…' },
  { when: 'the cut would land inside a flag',     label: `ab${flag}cd`,    max: 6, cut: 'ab…' },
  { when: 'a flag fits right before the mark',    label: `a${flag}cd`,     max: 6, cut: `a${flag}…` },
  { when: 'nothing of it would be left',          label: `${flag}${flag}`, max: 4, cut: null },
])('a label of which $when', ({ label, max, cut }) => {
  expect(cutLabel(label, max)).toBe(cut);
});
