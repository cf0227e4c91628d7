import type { AgentEvent } from '../../../shared/contract/agent-event.ts';
import { problemAnswer } from '../http/problem-answer.ts';
import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';

/**
 * The agent of the demo channel: a small one that reads an event of the contract and answers it.
 */
export function demoAgent({ method, body }: HttpAsk): HttpAnswer {
  if (method !== 'POST') return problemAnswer(405, 'request-invalid', 'An agent is asked by POST.');
  const event = JSON.parse(body.toString()) as AgentEvent;
  if (event.event.type === 'ready') return json(200, { ready: true });
  return json(200, { replies: 'message' in event ? repliesTo(event) : [] });
}

function repliesTo({ message, context, chat }: Extract<AgentEvent, { message: unknown }>) {
  const said = message.text.trim();
  if (/^two$/i.test(said)) return ['This is the first message.', 'And this is the second.'];
  if (/^window$/i.test(said)) return [`You can be answered freely until ${chat.window.until}.`];
  if (/^me$/i.test(said)) return [JSON.stringify(context, null, 2)];
  const greeting = chat.is_new ? `Hello ${context.channel_visitor_firstname}! ` : '';
  const understood = said ? `You wrote: “${said}”.` : `You sent: ${message.kind}.`;
  return [
    `${greeting}${understood}\n\nI am the demo agent. Try: two · window · me`,
  ] satisfies string[];
}
