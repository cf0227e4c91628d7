import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GIVEN_UP, whyGivenUp } from '../../../../shared/rules/dead-letter/why-given-up.ts';

const root = join(import.meta.dirname, '../../../..');
const page = (path: string) => readFileSync(join(root, path), 'utf8');
const runbook = page('infra/RUNBOOK.md');
const contract = page('docs/contract.md');

test.each(Object.keys(GIVEN_UP))('the code %s stands in the contract or the runbook', (code) => {
  expect(`${contract}${runbook}`).toContain(`\`${code}\``);
});

test('every code of a lost turn that the contract names has a sentence of its own', () => {
  const [, table = ''] = contract.split('### Turns that are lost');
  const codes = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(5);
  expect(codes.filter((code) => !Object.hasOwn(GIVEN_UP, code ?? ''))).toEqual([]);
});

test('a code that is not in the table has sentences as well, also one that objects have', () => {
  for (const code of ['media-gone', 'constructor', '__proto__']) {
    const { why, whatToDo } = whyGivenUp(code);
    expect(why).toContain(code);
    expect(whatToDo).toContain('runbook');
  }
});
