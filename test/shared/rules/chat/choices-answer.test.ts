import { describe, expect, test } from 'vitest';
import type { Menu } from '../../../../shared/contract/menu.ts';
import { answerOf, type SaidToMenu } from '../../../../shared/rules/chat/choices-answer.ts';

const delivery = { id: 'o1', label: 'Доставка курьером до двери' };
const pickup = { id: 'pickup', label: 'Pick it up  MYSELF' };
const post = { id: 'o3', label: 'Почта' };
const never = { id: 'o4', label: 'Никогда' };
const numbered: Menu = { options: [delivery, pickup, post, never], numbered: true };
const buttons: Menu = { options: [delivery, pickup, post], numbered: false };

const HOUR = 60 * 60 * 1000;

// biome-ignore format: a table reads by column
const rows: { when: string; menu: Menu; said: SaidToMenu; is: [Menu['options'][number], string] | null }[] = [
  { when: 'a button is tapped',                      menu: buttons,  said: { tapId: 'pickup', text: 'Pick it up MYSELF' },        is: [pickup, 'tap'] },
  { when: 'a button whose label was cut is tapped',  menu: buttons,  said: { tapId: 'o1', text: 'Доставка курьером…' },           is: [delivery, 'tap'] },
  { when: 'a tap has no words',                      menu: buttons,  said: { tapId: 'o3', text: '' },                             is: [post, 'tap'] },
  { when: 'a number with a fraction is typed, and its parts are an option',  menu: { options: [post, { id: 'five', label: '5' }], numbered: true }, said: { text: '2.5' }, is: null },
  { when: 'an old menu is tapped, a day later',      menu: buttons,  said: { tapId: 'o3', text: 'Почта', ageMs: 99 * HOUR },      is: [post, 'tap'] },
  { when: 'a tap belongs to another menu',           menu: buttons,  said: { tapId: 'o3', text: 'Оплата' },                       is: null },
  { when: 'a tap has an id of its own',              menu: buttons,  said: { tapId: 'YES', text: 'Почта' },                       is: null },
  { when: 'a label is typed',                        menu: buttons,  said: { text: 'Почта' },                                     is: [post, 'label'] },
  { when: 'case and blanks differ',                  menu: buttons,  said: { text: '  pick IT\nup myself ' },                     is: [pickup, 'label'] },
  { when: 'the letters are composed otherwise',      menu: { options: [{ id: 'c', label: 'Café' }], numbered: false }, said: { text: 'cafe\u0301' }, is: [{ id: 'c', label: 'Café' }, 'label'] },
  { when: 'only a part of a label is typed',         menu: buttons,  said: { text: 'Доставка' },                                  is: null },
  { when: 'a label stands in a sentence',            menu: buttons,  said: { text: 'Почта, пожалуйста' },                         is: null },
  { when: 'a label is typed after another reply',    menu: numbered, said: { text: 'почта', isOvertaken: true },                  is: [post, 'label'] },
  { when: 'a label is typed within the day',         menu: numbered, said: { text: 'почта', ageMs: 24 * HOUR },                   is: [post, 'label'] },
  { when: 'a label is typed too late',               menu: numbered, said: { text: 'почта', ageMs: 24 * HOUR + 1 },               is: null },
  { when: 'a late label quotes the menu',            menu: numbered, said: { text: 'почта', ageMs: 99 * HOUR, quotes: true },     is: [post, 'label'] },
  { when: 'a number is typed',                       menu: numbered, said: { text: '3' },                                         is: [post, 'number'] },
  { when: 'a number is typed after another reply',   menu: numbered, said: { text: '3', isOvertaken: true },                      is: null },
  { when: 'a number quotes the menu after another reply', menu: numbered, said: { text: '3', isOvertaken: true, quotes: true },    is: [post, 'number'] },
  { when: 'a number is typed too late',              menu: numbered, said: { text: '3', ageMs: 25 * HOUR },                       is: null },
  { when: 'a number is typed where none was shown',  menu: buttons,  said: { text: '3' },                                         is: null },
  { when: 'a quote numbers buttons',                 menu: buttons,  said: { text: '3', quotes: true },                           is: null },
  { when: 'there is no such number',                 menu: numbered, said: { text: '5' },                                         is: null },
  { when: 'nought is typed',                         menu: numbered, said: { text: '0' },                                         is: null },
  { when: 'nothing is typed',                        menu: numbered, said: { text: '' },                                          is: null },
];

test.each(rows)('when $when', ({ menu, said, is }) => {
  expect(answerOf(menu, said)).toEqual(is && { option: is[0], via: is[1] });
});

describe('a number is a number', () => {
  const spellings = [
    '2',
    '2.',
    ' 2 ',
    '№2',
    '№ 2',
    '#2',
    '2)',
    '(2)',
    '2️⃣',
    '2️⃣.',
    '２',
    '（２）',
    '2。',
    '٢',
    '۲',
    '२',
    '২',
    '๒',
    '𝟮',
  ];
  test.each(spellings)('written as %s', (text) => {
    expect(answerOf(numbered, { text })).toEqual({ option: pickup, via: 'number' });
  });

  const ten: Menu = {
    options: Array.from({ length: 10 }, (_, at) => ({ id: `o${at + 1}`, label: `l${at + 1}` })),
    numbered: true,
  };
  test.each(['10', '🔟', '1️⃣0️⃣', '１０', '१०', '№10.'])('of two digits, written as %s', (text) => {
    expect(answerOf(ten, { text })?.option.id).toBe('o10');
  });

  const others = [
    '02',
    '2.5',
    '-2',
    '+2',
    '2 2',
    '2,',
    '2!',
    '2?',
    '2 шт',
    'два',
    'option 2',
    '²',
    '½',
    '2/3',
    '2️⃣2️⃣2️⃣2️⃣',
    '1e0',
  ];
  test.each(others)('but not %s', (text) => {
    expect(answerOf(ten, { text })).toBeNull();
  });
});

describe('options that are themselves numbers', () => {
  const guests: Menu = {
    options: ['4', '3', '2', '1'].map((label, at) => ({ id: `o${at + 1}`, label })),
    numbered: true,
  };

  test('are answered by their label first', () => {
    expect(answerOf(guests, { text: '4' })).toEqual({
      option: { id: 'o1', label: '4' },
      via: 'label',
    });
  });
  test('and by their number where no label says so', () => {
    expect(answerOf(guests, { text: '№4' })).toEqual({
      option: { id: 'o4', label: '1' },
      via: 'number',
    });
  });
});

describe('labels that are alike', () => {
  const alike: Menu = {
    options: [
      { id: 'a', label: 'Да' },
      { id: 'b', label: 'ДА' },
      { id: 'c', label: 'Нет' },
      { id: 'd', label: 'Нет' },
    ],
    numbered: true,
  };

  test('are told apart by their case', () => {
    expect(answerOf(alike, { text: 'ДА' })?.option.id).toBe('b');
  });
  test.each(['да', 'Нет'])('are no answer where they cannot be: %s', (text) => {
    expect(answerOf(alike, { text })).toBeNull();
  });
});
