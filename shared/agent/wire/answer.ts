import { type AgentAnswer, agentAnswerSchema } from '../../contract/agent-answer.ts';
import type { AgentSession } from '../../contract/chat.ts';
import { keepableReply } from '../../contract/reply-depth.ts';
import { isFields } from '../../kernel/is-fields.ts';
import { read } from '../../kernel/parse.ts';
import { readJson } from '../../kernel/read-json.ts';
import { readRetryAfter } from '../../kernel/retry-after.ts';
import { oddIn } from './odd-answer.ts';
import { statusWords } from './status-words.ts';

/** What is known after a call: the outcome of an exchange (shared/kernel/http.ts). */
type Outcome = { kind: 'answered'; status: number; headers: Headers; body: Buffer } | Silence;
type Silence = { kind: 'not-sent' | 'no-answer'; reason: string };
type Headers = Record<string, string>;

/** What an agent's answer means for the turn (docs/contract.md#what-the-agent-answers). */
export type AgentReply =
  /**
   * `odd`: why it may not mean what its author thinks, in a sentence. `session`: what to keep for the chat's
   * next turn; null forgets what is kept.
   */
  | { kind: 'answered'; answer: AgentAnswer; odd?: string; session?: AgentSession | null }
  /** 204, or 202 without an answer in it: it will answer through the messages endpoint. */
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
export function readAnswer(outcome: Outcome): AgentReply {
  if (outcome.kind !== 'answered') return readSilence(outcome);
  const { status, body } = outcome;
  if (status === 204) return { kind: 'later' };
  if (status === 202) return readLater(body);
  if (status >= 200 && status < 300) return readBody(body);
  return readRefusal(outcome, statusWords(outcome));
}

/** What it means that no answer came. */
export function readSilence(outcome: Silence): AgentReply {
  if (outcome.kind === 'not-sent') {
    return outcome.reason.startsWith('the address')
      ? refused('agent-address-refused', outcome.reason)
      : { kind: 'unavailable', reason: outcome.reason, retryAfterMs: null };
  }
  if (outcome.reason === 'timeout') return { kind: 'timeout' };
  return outcome.reason === 'too-large'
    ? refused('agent-answer-too-large', 'the answer is over 256 KB')
    : { kind: 'unavailable', reason: outcome.reason, retryAfterMs: null };
}

/** What a status that is no success means: to be asked again later, or never. */
export function readRefusal(
  { status, headers }: { status: number; headers: Headers },
  reason: string,
): AgentReply {
  if (status < 500 && !AGAIN.has(status)) return refused('agent-rejected', reason);
  const retryAfterMs = readRetryAfter(headers['retry-after'], headers.date);
  return { kind: 'unavailable', reason, retryAfterMs };
}

/** 202 says that the answer comes later, unless it is there already. */
function readLater(body: Buffer): AgentReply {
  const json = readJson(body.toString('utf8').trim());
  const isThere = isFields(json) && [json.replies, json.dialog].some((said) => said != null);
  return isThere ? readBody(body) : { kind: 'later' };
}

const WANTED = 'a JSON object like {"replies": ["Hello"]} is wanted';
/** Written as JSON again an answer may be longer than it came: `1e20` has 21 digits then. It lies in one item of 400 KB. */
const MAX_STORED_BYTES = 358_400;

function readBody(body: Buffer): AgentReply {
  const text = body.toString('utf8').trim();
  if (text === '') return { kind: 'answered', answer: { replies: [], dialog: 'open' } };
  const json = readJson(text);
  if (json === undefined) {
    const found = text.startsWith('<') ? 'HTML or XML' : 'no JSON';
    return refused('agent-answer-invalid', `The answer is ${found}, and ${WANTED}.`);
  }
  if (!isFields(json)) {
    return refused('agent-answer-invalid', `The answer is ${kindOf(json)}, and ${WANTED}.`);
  }
  return readAgentAnswer(json);
}

/** Reads an answer in our own words, wherever it stood. */
export function readAgentAnswer(json: Record<string, unknown>): AgentReply {
  const { replies, ...others } = json;
  if (replies !== null && replies !== undefined && !Array.isArray(replies)) {
    const reason = `replies: is ${kindOf(replies)}, and a list like ["Hello"] is wanted.`;
    return refused('agent-answer-invalid', reason);
  }
  const answer = read(agentAnswerSchema, replies === null ? others : json);
  if (!answer.ok)
    return refused('agent-answer-invalid', `The answer is unreadable, and ${WANTED}.`);
  const kept = { ...answer.value, replies: answer.value.replies.map(keepableReply) };
  if (Buffer.byteLength(JSON.stringify(kept)) > MAX_STORED_BYTES) {
    return refused(
      'agent-answer-too-large',
      'the answer, with its numbers written out, is too long',
    );
  }
  const odd = oddIn(json);
  return { kind: 'answered', answer: kept, ...(odd && { odd }) };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

export const refused = (code: AgentFailureCode, reason: string): AgentReply => ({
  kind: 'refused',
  code,
  reason,
});
