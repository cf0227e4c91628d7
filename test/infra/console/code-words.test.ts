import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../../infra/console/words/en.ts';
import { ru } from '../../../infra/console/words/ru.ts';
import { LOSES } from '../../../shared/contract/delivery.ts';
import { GIVEN_UP } from '../../../shared/rules/dead-letter/why-given-up.ts';
import { PART_STATUSES } from '../../support/some-delivery.ts';

const contract = readFileSync(join(import.meta.dirname, '../../../docs/contract.md'), 'utf8');
const section = contract.split('### Deliveries')[1]?.split('### Turns that are lost')[0] ?? '';
const codes = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code = '']) => code);

const wordless = (names: string[]) => names.filter((name) => !Object.hasOwn(en, name));

test('the console has words for each code of a delivery, and for what had to bend', () => {
  expect(codes.length).toBeGreaterThan(20);
  const bent = Object.keys(LOSES);
  const refused = codes.filter((code) => !bent.includes(code));
  expect(wordless(refused.map((code) => `code.${code}`))).toEqual([]);
  expect(wordless(bent.map((code) => `bent.${code}`))).toEqual([]);
});

test('the console has words for each state of a message, and for each reason of a dead letter', () => {
  expect(wordless(PART_STATUSES.map((status) => `status.${status}`))).toEqual([]);
  for (const [code, { why, whatToDo }] of Object.entries(GIVEN_UP)) {
    expect(en).toMatchObject({ [`given-up.${code}`]: why, [`to-do.${code}`]: whatToDo });
  }
});

test('what an operator reads of a delivery is said in the words of the product', () => {
  expect(ru['status.parked']).toBe('Ждёт ответа собеседника');
  expect(ru['status.refused']).toBe('Отклонено');
  expect(ru['status.failed']).toBe('Не доставлено');
  expect(ru['bent.degraded']).toBe('Отправлено в упрощённом виде');
});
