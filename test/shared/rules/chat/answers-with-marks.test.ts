import { describe, expect, test } from 'vitest';
import type { Menu } from '../../../../shared/contract/menu.ts';
import { answerOf } from '../../../../shared/rules/chat/choices-answer.ts';

const HOUR = 60 * 60 * 1000;

describe('a label with its number, or with marks around it', () => {
  const option = (at: number, label: string) => ({ id: `o${at}`, label });
  const russian: Menu = {
    options: ['Доставка', 'Оплата', 'Возврат', '💳 Другое'].map((label, at) =>
      option(at + 1, label),
    ),
    numbered: true,
  };
  // biome-ignore format: a table reads by column
  const lines = [
    ['2. Оплата', 'o2'], ['3 возврат', 'o3'], ['2) оплата', 'o2'], ['(2) Оплата', 'o2'], ['№2 Оплата', 'o2'],
    ['2: Оплата', 'o2'], ['2 - Оплата', 'o2'], ['2️⃣ Оплата', 'o2'], ['２．Оплата', 'o2'], ['2.\tОПЛАТА\n', 'o2'],
    ['2. «Оплата».', 'o2'], ['4. Другое', 'o4'], ['4. 💳 Другое', 'o4'],
    ['«возврат»', 'o3'], ['Оплата.', 'o2'], ['*Оплата*', 'o2'], ['"оплата"!', 'o2'], ['- Доставка', 'o1'],
    ['2️⃣Оплата', 'o2'], ['2、Оплата', 'o2'], ['2, оплата', 'o2'], ['[2] Оплата', 'o2'], ['*2. Оплата*', 'o2'],
    ['> 2. Оплата', 'o2'], ['- 2. Оплата', 'o2'], ['«2. Оплата»', 'o2'], ['**2.** Оплата', 'o2'], ['2Оплата', 'o2'],
    ['\u200eОплата\u200e', 'o2'], ['• Доставка;', 'o1'], ['другое', 'o4'], ['„Возврат“', 'o3'],
  ];
  test.each(lines)('%j', (text, id) => {
    expect(answerOf(russian, { text })).toEqual({
      option: russian.options.find((one) => one.id === id),
      via: 'label',
    });
  });

  // biome-ignore format: a table reads by column
  const none = [
    '2. Возврат', '7. Оплата', '2. Оплата картой', 'Оплата?', '2 Оплата?', '22 Оплата', '2.5', '02. Оплата', '2 3',
    'Оплата и возврат', '«»', '2. .', 'Оплата?!', 'Оплата? 🙂', '«Оплата?»', '¿Оплата?', 'Оплата⁉️', '2. Оплата?!', '$2 Оплата',
    '2% Оплата', '2 € Оплата', '+2 Оплата', '2.5 Оплата', `${'!'.repeat(5_000)}x`, '-2 Оплата',
  ];
  test.each(none)('but not %j', (text) => {
    expect(answerOf(russian, { text })).toBeNull();
  });

  const menu = (...labels: string[]): Menu => ({
    options: labels.map((label, at) => option(at + 1, label)),
    numbered: true,
  });
  const arabic = menu('الدفع', 'التوصيل', 'إرجاع', 'أخرى');
  test.each([
    '\u200f٢. التوصيل',
    '\u202b۲- التوصيل\u202c',
    '\u200fالتوصيل.',
    '\u200f٢',
  ])('in a script that runs from right to left: %j', (text) => {
    expect(answerOf(arabic, { text })?.option.id).toBe('o2');
  });
  test.each(['1、配送', '１．配送', '1配送。', '「配送」'])('in Chinese: %s', (text) => {
    expect(answerOf(menu('配送', '付款', '退货', '其他'), { text })?.option.id).toBe('o1');
  });

  // biome-ignore format: a table reads by column
  const wordless = [
    ['101.', 'o1'], ['«101»', 'o1'], ['*101*', 'o1'], ['(101)', 'o1'], ['11:30.', 'o2'], ['«11:30»', 'o2'], ['100 €.', 'o3'],
    ['«4+»', 'o4'], ['👍!', 'o5'], ['1. 101', 'o1'], ['2) 11:30', 'o2'], ['3. 100 €', 'o3'], ['4️⃣ 4+', 'o4'],
  ];
  test.each(wordless)('without a letter: %j', (text, id) => {
    const labels = menu('101', '11:30', '100 €', '4+', '👍');
    expect(answerOf(labels, { text })).toEqual({
      option: labels.options.find((one) => one.id === id),
      via: 'label',
    });
  });
  test.each([
    '101?',
    '-101',
    '100',
    '100 $',
    '+4',
    '11.30',
    '101%',
    '11:30?!',
    '4-',
    '101, 11:30',
  ])('a number with another sign is not the option: %j', (text) => {
    expect(answerOf(menu('101', '11:30', '100 €', '4+', '👍'), { text })).toBeNull();
  });
  test('a number with marks that is an option, and the position of another, is no answer', () => {
    const guests = menu('2', '3', '4', '5');
    expect(answerOf(guests, { text: '2' })?.option.id).toBe('o1');
    for (const text of ['2.', '(2)']) expect(answerOf(guests, { text })).toBeNull();
    for (const text of ['5.', '(5)']) expect(answerOf(guests, { text })?.option.id).toBe('o4');
  });
  test('a label that asks is answered in its own words', () => {
    const questions = menu('Нужна помощь?', 'Где заказ', 'Где заказ?', 'Другое');
    for (const text of ['1. Нужна помощь?', '«Нужна помощь?»', 'нужна помощь'])
      expect(answerOf(questions, { text })?.option.id).toBe('o1');
    expect(answerOf(questions, { text: 'где заказ?' })?.option.id).toBe('o3');
    expect(answerOf(questions, { text: '2. Где заказ?' })).toBeNull();
  });
  test('the number decides between two options with one label', () => {
    expect(answerOf(menu('Да', 'Да'), { text: '2. Да' })?.option.id).toBe('o2');
  });
  test('where the marks are what the labels differ in, only the whole label is an answer', () => {
    const languages = menu('C', 'C++', 'C#');
    expect(answerOf(languages, { text: 'c++' })?.option.id).toBe('o2');
    expect(answerOf(languages, { text: '«c»' })).toBeNull();
  });
  test('where a line is the label of another option, it is no answer', () => {
    expect(answerOf(menu('2. Оплата', 'Оплата'), { text: '2. Оплата' })).toBeNull();
  });
  test('a label that begins with a number is a label', () => {
    const rooms = menu('1 комната', '2 комнаты', '3 комнаты', '4 комнаты');
    expect(answerOf(rooms, { text: '2 комнаты' })?.option.id).toBe('o2');
    expect(answerOf(rooms, { text: '2. 2 комнаты' })?.option.id).toBe('o2');
    expect(answerOf(rooms, { text: '3. 2 комнаты' })).toBeNull();
  });
  test('prices are chosen by their number, not by what is left of them without their sign', () => {
    const prices = menu('2 €', '1 €', '5 €', '10 €');
    expect(answerOf(prices, { text: '1' })).toEqual({ option: prices.options[0], via: 'number' });
  });
  // biome-ignore format: a table reads by column
  const values: { labels: string[]; text: string; is: string | null }[] = [
    { labels: ['1 day', '3 days', '5 days'],       text: '2-3 days',        is: null },
    { labels: ['1 day', '3 days', '5 days'],       text: '2 – 3 days',      is: null },
    { labels: ['1 day', '3 days', '5 days'],       text: '2…3 days',        is: null },
    { labels: ['1 day', '3 days', '5 days'],       text: '2 & 3 days',      is: null },
    { labels: ['1 day', '3 days', '5 days'],       text: '2. *3 days*',     is: '3 days' },
    { labels: ['1 day', '3 days', '5 days'],       text: '2. 3 days',       is: '3 days' },
    { labels: ['1 day', '3 days', '5 days'],       text: '2) «3 days».',    is: '3 days' },
    { labels: ['1 day', '3 days', '5 days'],       text: '📦 3 days!',      is: '3 days' },
    { labels: ['1 day', '3 days', '5 days'],       text: '• 3 days',        is: '3 days' },
    { labels: ['2 persons', '4 persons'],          text: '1-2 persons',     is: null },
    { labels: ['2 persons', '4 persons'],          text: '1/2 persons',     is: null },
    { labels: ['2人', '4人'],                       text: '1~2人',           is: null },
    { labels: ['2人', '4人'],                       text: '1～2人',           is: null },
    { labels: ['2人', '4人'],                       text: '1〜2人',           is: null },
    { labels: ['2 порции', '4 порции'],            text: '1/2 порции',      is: null },
    { labels: ['2 порции', '4 порции'],            text: '1 / 2 порции',    is: null },
    { labels: ['.5', '1'],                         text: '5',               is: null },
    { labels: ['.5', '1'],                         text: '«.5»',            is: '.5' },
    { labels: ['5', '1'],                          text: ',5',              is: null },
    { labels: ['5 кг', '10 кг'],                   text: ',5 кг',           is: null },
    { labels: ['.5', '5'],                         text: '-.5',             is: null },
    { labels: ['500 ₽', '1000 ₽', '1500 ₽'],       text: '1 500 ₽',         is: null },
    { labels: ['500 ₽', '1000 ₽', '1500 ₽'],       text: '1\u00a0500 ₽',    is: null },
    { labels: ['500 ₽', '1000 ₽', '1500 ₽'],       text: "1'500 ₽",         is: null },
    { labels: ['500 ₽', '1000 ₽', '1500 ₽'],       text: '1’500 ₽',         is: null },
    { labels: ['500 ₽', '1000 ₽', '1500 ₽'],       text: '1. 500 ₽',        is: '500 ₽' },
    { labels: ['< 5 кг', '5 – 10 кг', '> 10 кг'],  text: '5 кг',            is: null },
    { labels: ['< 5 кг', '5 – 10 кг', '> 10 кг'],  text: '10 кг',           is: null },
    { labels: ['< 5 кг', '5 – 10 кг', '> 10 кг'],  text: '«< 5 кг»',        is: '< 5 кг' },
    { labels: ['< 5 кг', '5 – 10 кг', '> 10 кг'],  text: '3. > 10 кг',      is: '> 10 кг' },
    { labels: ['< 5 кг', '5 – 10 кг', '> 10 кг'],  text: '5 - 10 кг.',      is: '5 – 10 кг' },
    { labels: ['-5 °C', '+10 °C'],                 text: '5 °C',            is: null },
    { labels: ['-5 °C', '+10 °C'],                 text: '-10 °C',          is: null },
    { labels: ['-5 °C', '+10 °C'],                 text: '−5 °c.',          is: '-5 °C' },
    { labels: ['-5 °C', '+10 °C'],                 text: '2. +10 °C',       is: '+10 °C' },
    { labels: ['от 16', 'от 18'],                  text: 'от 18+',          is: null },
    { labels: ['от 16', 'от 18'],                  text: 'от 18.',          is: 'от 18' },
    { labels: ['скидка 5%', 'скидка 10'],          text: 'скидка 10 %',     is: null },
    { labels: ['скидка 5%', 'скидка 10'],          text: '«скидка 5%»',     is: 'скидка 5%' },
  ];
  test.each(values)('of $labels, "$text" is $is: a sign at a number is a part of it', ({
    labels,
    text,
    is,
  }) => {
    expect(answerOf(menu(...labels), { text })?.option.label ?? null).toBe(is);
  });
  test('also after another reply, because a label stands in it; and not a day later', () => {
    expect(answerOf(russian, { text: '2. Оплата', isOvertaken: true })?.option.id).toBe('o2');
    expect(answerOf(russian, { text: '2. Оплата', ageMs: 25 * HOUR })).toBeNull();
  });
});
