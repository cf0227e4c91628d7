import { expect, test } from 'vitest';
import { readReply } from '../../../../shared/contract/reply.ts';
import { renderReply } from '../../../../shared/whatsapp/outbound/render-reply.ts';
import { saidInBody } from '../../../../shared/whatsapp/outbound/said-in-body.ts';

const how = {
  to: { phone: '491713920042', bsuid: null },
  dialect: 'v2',
  choices: 'list',
  replyId: 'rep_1',
} as const;
/** What the messages of a reply say. */
function saidBy(value: unknown, templates: Parameters<typeof saidInBody>[1] = []): string[] {
  const read = readReply(value);
  const rendering = read.ok ? renderReply(read.reply, how) : null;
  if (rendering?.kind !== 'parts') throw new Error('it makes no messages');
  return rendering.parts.map(({ body }) => saidInBody(body, templates));
}

const parcel = { type: 'template', name: 'parcel', language: 'en' };
const raw = (message: object) => ({ type: 'raw', message });
// biome-ignore format: a table reads by column
const cases: { reply: unknown; says: string[] }[] = [
  { reply: 'Hello', says: ['Hello'] },
  { reply: { type: 'buttons', text: 'Tea?', buttons: ['Yes', 'No'], header: 'Menu', footer: 'Soon' }, says: ['Menu\nTea?\n[Yes]\n[No]\nSoon'] },
  { reply: { type: 'buttons', text: 'Which?', buttons: ['A', 'B', 'C', 'D'] }, says: ['Which?\n[A]\n[B]\n[C]\n[D]'] },
  { reply: { type: 'link_button', text: 'More', label: 'Open', url: 'https://a.example/x' }, says: ['More\n[Open: https://a.example/x]'] },
  { reply: { type: 'ask_phone', text: 'May we call?' }, says: ['May we call?'] },
  { reply: { type: 'flow', text: 'When?', flow_id: '1', cta: 'Choose' }, says: ['When?\n[Choose]'] },
  { reply: { type: 'attachment', kind: 'image', url: 'https://a.example/a.jpg', caption: 'Look' }, says: ['Look'] },
  { reply: { type: 'attachment', kind: 'file', url: 'https://a.example/a.pdf', filename: 'bill.pdf' }, says: ['bill.pdf'] },
  { reply: { type: 'sticker', url: 'https://a.example/a.webp' }, says: [''] },
  { reply: { type: 'reaction', to_message_id: 'm', emoji: '👍' }, says: ['👍'] },
  { reply: { type: 'location', latitude: 1, longitude: 2 }, says: ['1,2'] },
  { reply: { type: 'location', latitude: 1, longitude: 2, name: 'Shop' }, says: ['Shop'] },
  { reply: { type: 'contacts', contacts: [{ name: { formatted_name: 'Ada' } }, { name: { formatted_name: 'Bo' } }] }, says: ['Ada, Bo'] },
  { reply: { ...parcel }, says: ['parcel'] },
  { reply: { ...parcel, parameters: ['4711', 'noon'] }, says: ['parcel(4711, noon)'] },
  { reply: { ...parcel, parameters: { order: '4711' } }, says: ['parcel(order: 4711)'] },
  { reply: raw({ type: 'text', text: { body: 'Word for word.' } }), says: ['Word for word.'] },
  { reply: raw({ type: 'new_thing', new_thing: 7 }), says: [''] },
];
test.each(cases)('what the visitor reads is told: $says', ({ reply, says }) => {
  expect(saidBy(reply)).toEqual(says);
});

const components = [
  { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' },
  { type: 'BODY', text: 'Dear {{name}}, {{1}} comes at {{2}}.' },
  { type: 'FOOTER', text: 'The shop' },
  { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track' }] },
  7,
];
const listed = [{ name: 'parcel', language: 'en', components }];

test('a template that is listed says its words, filled in', () => {
  expect(saidBy({ ...parcel, parameters: ['4711', 'noon'] }, listed)).toEqual([
    'Order {{1}}\nDear {{name}}, 4711 comes at noon.\nThe shop\n[Track]',
  ]);
  const header = { type: 'header', parameters: [{ type: 'text', text: '12' }] };
  const body = {
    type: 'body',
    parameters: [{ type: 'text', parameter_name: 'name', text: 'Ada {{1}}' }],
  };
  expect(saidBy({ ...parcel, components: [header, body] }, listed)).toEqual([
    'Order 12\nDear Ada {{1}}, {{1}} comes at {{2}}.\nThe shop\n[Track]',
  ]);
});

test('a template in another language is another one', () => {
  expect(saidBy({ ...parcel, language: 'de', parameters: ['1'] }, listed)).toEqual(['parcel(1)']);
});
