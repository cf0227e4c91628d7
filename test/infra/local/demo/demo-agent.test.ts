import { expect, test } from 'vitest';
import { demoAgent } from '../../../../infra/local/demo/demo-agent.ts';
import { agentAnswerSchema } from '../../../../shared/contract/agent-answer.ts';
import { parse } from '../../../../shared/kernel/parse.ts';

const event = (text: string, more: object = {}) => ({
  version: 1,
  event: { id: 'evt_1', type: 'message', at: '2026-11-22T10:00:00Z', attempt: 1 },
  chat: { id: 'c', is_new: false, window: { open: true, until: '2026-11-23T10:00:00Z' } },
  context: { channel_visitor_firstname: 'Anna', channel_visitor_phone: '491700000001' },
  message: { id: 'wamid.1', kind: 'text', text },
  ...more,
});

const ask = (body: unknown, method = 'POST') => {
  const answer = demoAgent({
    method,
    path: '/',
    query: '',
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    sizeBytes: 1,
    sourceIp: '127.0.0.1',
  });
  if (typeof answer === 'string') throw new Error(answer);
  return { status: answer.status, body: JSON.parse(String(answer.body)) };
};
const replies = (body: unknown) => parse(agentAnswerSchema, ask(body).body).replies;

// biome-ignore format: a table reads by column
const cases = [
  { said: 'Hello',   answers: [/^You wrote: “Hello”\.\n\nI am the demo agent/] },
  { said: 'Two ',    answers: [/first/, /second/] },
  { said: 'window',  answers: [/2026-11-23T10:00:00Z/] },
  { said: 'me',      answers: [/"channel_visitor_phone": "491700000001"/] },
  { said: '',        answers: [/^You sent: text\./] },
];

test.each(cases)('to "$said" the demo agent answers in the form of the contract', ({
  said,
  answers,
}) => {
  expect(replies(event(said))).toEqual(answers.map((words) => expect.stringMatching(words)));
});

test('the demo agent greets a new visitor', () => {
  expect(replies(event('Hi', { chat: { ...event('').chat, is_new: true } }))).toEqual([
    expect.stringMatching(/^Hello Anna!/),
  ]);
});

test('the demo agent is ready, takes no other event for a message, and wants POST', () => {
  expect(ask({ version: 1, event: { type: 'ready' } }).body).toEqual({ ready: true });
  expect(ask({ version: 1, event: { type: 'delivery' }, delivery: {} }).body).toEqual({
    replies: [],
  });
  expect(ask({}, 'GET').status).toBe(405);
});
