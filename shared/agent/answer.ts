import { type AgentAnswer, agentAnswerSchema } from '../contract/agent-answer.ts';
import { keepableReply } from '../contract/reply-depth.ts';
import type { HttpOutcome } from '../kernel/http.ts';
import { read } from '../kernel/parse.ts';
import { readRetryAfter } from '../kernel/retry-after.ts';

/** What an agent's answer means for the turn (docs/contract.md#what-the-agent-answers). */
export type AgentReply =
  | { kind: 'answered'; answer: AgentAnswer }
  /** 202 or 204: it will answer through the messages endpoint. */
  | { kind: 'later' }
  /** Trying again may work. */
  | { kind: 'unavailable'; reason: string; retryAfterMs: number | null }
  | { kind: 'timeout' }
  /** No attempt will work until the agent or its address in the channel is changed. */
  | { kind: 'refused'; code: AgentFailureCode; reason: string };

export type AgentFailureCode =
  | 'agent-unavailable'
  | 'agent-timeout'
  | 'agent-rejected'
  | 'agent-answer-invalid'
  | 'agent-answer-too-large'
  | 'agent-address-refused';

/** Statuses below 500 after which trying again may work. */
const AGAIN = new Set([408, 409, 425, 429]);

/**
 * Reads what came back from an agent. Reasons are logged: they name statuses and paths, never its words.
 */
export function readAnswer(outcome: HttpOutcome): AgentReply {
  if (outcome.kind === 'not-sent') {
    return outcome.reason.startsWith('the address')
      ? refused('agent-address-refused', outcome.reason)
      : { kind: 'unavailable', reason: outcome.reason, retryAfterMs: null };
  }
  if (outcome.kind === 'no-answer') {
    if (outcome.reason === 'timeout') return { kind: 'timeout' };
    return outcome.reason === 'too-large'
      ? refused('agent-answer-too-large', 'the answer is over 256 KB')
      : { kind: 'unavailable', reason: outcome.reason, retryAfterMs: null };
  }
  const { status, headers, body } = outcome;
  if (status === 202 || status === 204) return { kind: 'later' };
  if (status === 200) return readBody(body);
  if (status >= 500 || AGAIN.has(status)) {
    const retryAfterMs = readRetryAfter(headers['retry-after'], headers.date);
    return { kind: 'unavailable', reason: `HTTP ${status}`, retryAfterMs };
  }
  return refused('agent-rejected', `HTTP ${status}`);
}

function readBody(body: Buffer): AgentReply {
  const text = body.toString('utf8').trim();
  if (text === '') return { kind: 'answered', answer: { replies: [], dialog: 'open' } };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('agent-answer-invalid', 'the answer is not JSON');
  }
  const answer = read(agentAnswerSchema, json);
  if (answer.ok) {
    const replies = answer.value.replies.map(keepableReply);
    return { kind: 'answered', answer: { ...answer.value, replies } };
  }
  const [first] = answer.errors;
  return refused('agent-answer-invalid', `${first?.path || 'the answer'}: ${first?.detail}`);
}

const refused = (code: AgentFailureCode, reason: string): AgentReply => ({
  kind: 'refused',
  code,
  reason,
});
