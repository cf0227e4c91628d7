import { expect, test } from 'vitest';
import { demoAgent } from '../../../../infra/local/demo/demo-agent.ts';
import { agentAnswerSchema } from '../../../../shared/contract/agent-answer.ts';
import { replySchema } from '../../../../shared/contract/reply.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { sniffMedia } from '../../../../shared/whatsapp/outbound/sniff-media.ts';

const event = (text: string, more: object = {}) => ({
  version: 1,
  event: { id: 'evt_1', type: 'message', at: '2026-11-22T10:00:00Z', attempt: 1 },
  chat: { id: 'c', is_new: false, window: { open: true, until: '2026-11-23T10:00:00Z' } },
  context: { channel_visitor_firstname: 'Anna', channel_visitor_phone: '491700000001' },
  message: { id: 'wamid.1', kind: 'text', text },
  ...more,
});

const ASK = {
  method: 'POST',
  path: '/',
  query: '',
  headers: { host: 'localhost:1' },
  body: Buffer.alloc(0),
  sizeBytes: 1,
  sourceIp: '127.0.0.1',
};
const ask = (body: unknown, method = 'POST') => {
  const answer = demoAgent({ ...ASK, method, body: Buffer.from(JSON.stringify(body)) });
  if (typeof answer === 'string') throw new Error(answer);
  return { status: answer.status, body: JSON.parse(String(answer.body)) };
};
const replies = (body: unknown) => parse(agentAnswerSchema, ask(body).body).replies;

// biome-ignore format: a table reads by column
const cases = [
  { said: 'Two ',            answers: [/first/, /second/] },
  { said: 'later',           answers: [/Let 25 hours pass/, { type: 'pause' }, { if_window_closed: 'refuse' }, { if_window_closed: 'park' }] },
  { said: 'Позже',           answers: [/Пропустите сейчас 25 часов/, { type: 'pause' }, { text: /отклонено/ }, { text: /ждало/ }] },
  { said: 'window',          answers: [/2026-11-23T10:00:00Z/] },
  { said: 'me',              answers: [/"channel_visitor_phone": "491700000001"/] },
  { said: 'Hello',           answers: [{ type: 'buttons', text: /^You wrote: “Hello”\.\n\nI am the demo agent/ }] },
  { said: '',                answers: [{ type: 'buttons', text: /^You sent: text\./ }] },
  { said: 'Привет',          answers: [{ type: 'buttons', text: /^Вы написали: «Привет»\./ }] },
  { said: 'Show a picture',  answers: [{ type: 'attachment', kind: 'image', url: 'http://localhost:1/sandbox/agent/picture.png', send_as: 'file' }] },
  { said: 'Выбрать из списка', answers: [{ type: 'raw', message: { type: 'interactive' } }] },
  { said: 'numbers',         answers: [{ type: 'buttons', buttons: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] }] },
  { said: 'Send a template', answers: [{ type: 'template', language: 'en' }] },
  { said: 'Пришли шаблон',   answers: [{ type: 'template', language: 'ru' }] },
  { said: 'link',            answers: [{ type: 'link_button' }] },
  { said: 'place',           answers: [{ type: 'location' }] },
];

test.each(cases)('to "$said" the demo agent answers in the form of the contract', ({
  said,
  answers,
}) => {
  const given = replies(event(said));
  expect(given).toHaveLength(answers.length);
  for (const [at, answer] of answers.entries()) {
    if (answer instanceof RegExp) expect(given[at]).toMatch(answer);
    else {
      const { text, ...rest } = answer as { text?: RegExp };
      expect(given[at]).toMatchObject(rest);
      if (text) expect((given[at] as { text: string }).text).toMatch(text);
    }
    expect(typeof given[at] === 'string' || parse(replySchema, given[at])).toBeTruthy();
  }
});

test('the demo agent greets a new visitor', () => {
  const [first] = replies(event('Hi', { chat: { ...event('').chat, is_new: true } }));
  expect(first).toMatchObject({ text: expect.stringMatching(/^Hello Anna!/) });
});

test('the picture that the demo agent sends is one', async () => {
  const answer = demoAgent({ ...ASK, method: 'GET', path: '/picture.png' });
  const { body } = answer as { body: Buffer };
  expect(sniffMedia(body, null)).toBe('image/png');
  expect(body.length).toBeLessThan(100_000);
});

test('the demo agent is ready, takes no other event for a message, and wants POST', () => {
  expect(ask({ version: 1, event: { type: 'ready' } }).body).toEqual({ ready: true });
  expect(ask({ version: 1, event: { type: 'delivery' }, delivery: {} }).body).toEqual({
    replies: [],
  });
  expect(ask({}, 'GET').status).toBe(405);
});
