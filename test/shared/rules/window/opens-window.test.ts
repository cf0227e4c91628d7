import { expect, test } from 'vitest';
import { contentSchema } from '../../../../shared/contract/message.ts';
import { opensWindow } from '../../../../shared/rules/window/opens-window.ts';

const kinds = contentSchema.def.options.map((option) => [...option.shape.kind.def.values][0]);

test('every kind opens the window but those that say nothing new', () => {
  const silent = kinds.filter((kind) => kind && !opensWindow(kind));
  expect(kinds).toHaveLength(18);
  expect(silent).toEqual(['edit', 'revoke']);
});

test('so does a call that the visitor starts', () => {
  expect(opensWindow('call')).toBe(true);
});
