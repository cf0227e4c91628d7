import { type AgentAnswer, agentAnswerSchema } from '../contract/agent-answer.ts';
import type { HttpOutcome } from '../kernel/http.ts';
import { nestsDeeperThan } from '../kernel/nesting.ts';
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

/** Far more levels than any reply needs, and few enough to write the answer as JSON again. */
const MOST_LEVELS = 200;
/** Written as JSON again an answer may be longer than it came: `1e20` has 21 digits then. It lies in one item of 400 KB. */
const MAX_STORED_BYTES = 358_400;

function readBody(body: Buffer): AgentReply {
  const text = body.toString('utf8').trim();
  if (text === '') return { kind: 'answered', answer: { replies: [], dialog: 'open' } };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('agent-answer-invalid', 'the answer is not JSON');
  }
  if (nestsDeeperThan(MOST_LEVELS, json)) {
    return refused('agent-answer-invalid', `the answer nests deeper than ${MOST_LEVELS} levels`);
  }
  const answer = read(agentAnswerSchema, json);
  if (answer.ok && Buffer.byteLength(JSON.stringify(answer.value)) > MAX_STORED_BYTES) {
    return refused(
      'agent-answer-too-large',
      'the answer, with its numbers written out, is too long',
    );
  }
  if (answer.ok) return { kind: 'answered', answer: answer.value };
  const [first] = answer.errors;
  return refused('agent-answer-invalid', `${first?.path || 'the answer'}: ${first?.detail}`);
}

const refused = (code: AgentFailureCode, reason: string): AgentReply => ({
  kind: 'refused',
  code,
  reason,
});
