import { expect, test } from 'vitest';
import type { Content } from '../../../../shared/contract/message.ts';
import { saidByVisitor } from '../../../../shared/rules/agent-event/said-by-visitor.ts';

const file = { id: '1' };
// biome-ignore format: a table reads by column
const cases: { content: Content; text?: string; says: string }[] = [
  { content: { kind: 'text' }, text: 'Hello', says: 'Hello' },
  { content: { kind: 'choice', option: { id: 'a', label: 'Tea' }, via: 'tap' }, text: 'T', says: 'Tea' },
  { content: { kind: 'image', file }, text: 'Look', says: 'Look' },
  { content: { kind: 'voice', file }, says: '' },
  { content: { kind: 'location', latitude: 52.5, longitude: -13 }, says: '52.5,-13' },
  { content: { kind: 'location', latitude: 1, longitude: 2, name: 'Shop', address: 'Street 1' }, says: 'Shop, Street 1' },
  { content: { kind: 'contacts', contacts: [{ name: { formatted_name: 'Ada' } }, { name: 7 }, {}] }, says: 'Ada' },
  { content: { kind: 'order', items: [], catalog_id: 'c' }, text: 'soon', says: 'soon' },
  { content: { kind: 'form', name: 'flow', answers: { day: 'Mon' } }, text: 'Sent', says: '{"day":"Mon"}' },
  { content: { kind: 'form', name: 'flow', answers: {}, response_json: '7' }, text: 'Sent', says: 'Sent' },
  { content: { kind: 'reaction', emoji: '👍', to_message_id: 'm' }, says: '👍' },
  { content: { kind: 'reaction', emoji: null, to_message_id: 'm' }, says: '' },
  { content: { kind: 'edit', to_message_id: 'm' }, text: 'new', says: 'new' },
  { content: { kind: 'unsupported', type: 'poll', raw: {}, errors: [] }, says: '' },
];
test.each(cases)('$content.kind says "$says"', ({ content, text = '', says }) => {
  expect(saidByVisitor({ content, text })).toBe(says);
});
