import { expect, test } from 'vitest';
import { freshBody, messageIds } from '../../../infra/console/inspector/fresh-body.ts';

const message = { id: 'wamid.A', timestamp: '1', type: 'text', text: { body: 'Hello' } };

// biome-ignore format: a table reads by column
test.each([
  { what: 'of the Cloud API', wrap: (messages: object[]) => ({ entry: [{ changes: [{ value: { messages } }] }] }) },
  { what: 'of the old API',   wrap: (messages: object[]) => ({ messages }) },
])('the messages of a body $what get new ids and the time of now, and nothing else changes', ({ wrap }) => {
  const body = wrap([message, { ...message, id: 'wamid.B' }]);
  const kept = JSON.stringify(body);
  let made = 0;
  const newId = () => {
    made += 1;
    return `wamid.new${made}`;
  };
  const fresh = freshBody(body, { newId, now: 61_500 });
  expect(fresh.ids).toEqual(['wamid.new1', 'wamid.new2']);
  expect(fresh.body).toEqual(
    wrap([
      { ...message, id: 'wamid.new1', timestamp: '61' },
      { ...message, id: 'wamid.new2', timestamp: '61' },
    ]),
  );
  expect(JSON.stringify(body)).toBe(kept);
  expect(messageIds(body)).toEqual(['wamid.A', 'wamid.B']);
});

test('a body without messages has no ids', () => {
  expect(messageIds({ entry: [{ changes: [{ value: { statuses: [{ id: 'x' }] } }] }] })).toEqual(
    [],
  );
  expect(messageIds(null)).toEqual([]);
});
