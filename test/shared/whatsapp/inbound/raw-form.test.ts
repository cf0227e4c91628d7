import { expect, test } from 'vitest';
import { rawForm } from '../../../../shared/whatsapp/inbound/raw-form.ts';

/** An object in an object, so many of them. */
const nested = (levels: number): unknown => (levels === 0 ? 'end' : { in: nested(levels - 1) });

test('twenty levels are kept, and what lies deeper is left out with a note', () => {
  expect(rawForm(nested(20))).toEqual(nested(20));
  expect(JSON.stringify(rawForm(nested(21)))).toBe(
    JSON.stringify(nested(20)).replace('"end"', '{"left_out":"too-deep"}'),
  );
});

test('a list keeps its members, and no key changes a prototype', () => {
  const raw = JSON.parse('[1,{"__proto__":{"admin":true},"b":null}]');
  expect(rawForm(raw)).toEqual([1, { b: null }]);
});
