import { expect, test } from 'vitest';
import { visitorName } from '../../../../shared/rules/identity/visitor-name.ts';

test.each([
  { names: { bsuid: 'DE.1', phone: '49171' }, is: 'DE.1' },
  { names: { bsuid: 'DE.1', phone: null }, is: 'DE.1' },
  { names: { bsuid: null, phone: '49171' }, is: '49171' },
])('$names go by $is', ({ names, is }) => {
  expect(visitorName(names)).toBe(is);
});
