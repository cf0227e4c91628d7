import type { LogFacts } from './log-facts.ts';

/** What should happen next. No other property of a failure may steer control flow. */
export type Fate =
  /** Trying again later may work: the job stays in its queue, an endpoint answers 503. */
  | 'retry'
  /**
   * Another try would change nothing. An endpoint answers 4xx with the reason; a job becomes a dead letter,
   * is acknowledged and counted.
   */
  | 'refuse';

interface Meaning {
  fate: Fate;
  /** What an HTTP endpoint answers. */
  status: number;
  /** The problem document's title: the same for every occurrence (RFC 9457 §3.1.3). */
  title: string;
}

/** Every way this product knows how to fail on purpose; the codes are docs/contract.md#codes, word for word. */
export const FAILURES = {
  'payload-unreadable': { fate: 'refuse', status: 400, title: 'The body is not a JSON object' },
  unauthorized: { fate: 'refuse', status: 401, title: 'The secret is missing or wrong' },
  'channel-unknown': { fate: 'refuse', status: 404, title: 'There is no such channel' },
  'media-link-invalid': { fate: 'refuse', status: 403, title: 'We did not sign this address' },
  'media-link-expired': { fate: 'refuse', status: 403, title: 'The address has expired' },
  'media-gone': { fate: 'refuse', status: 404, title: 'The file is gone' },
  'chat-unknown': { fate: 'refuse', status: 404, title: 'There is no such chat' },
  'reply-unknown': { fate: 'refuse', status: 404, title: 'There is no such reply' },
  'dead-letter-unknown': { fate: 'refuse', status: 404, title: 'There is no such dead letter' },
  'method-not-allowed': { fate: 'refuse', status: 405, title: 'The method is not allowed here' },
  'channel-active': { fate: 'refuse', status: 409, title: 'The channel is active' },
  'channel-inactive': { fate: 'refuse', status: 409, title: 'The channel is not active' },
  'channel-held': { fate: 'refuse', status: 409, title: 'The channel is held' },
  'token-in-use': { fate: 'refuse', status: 409, title: 'Another active channel has this token' },
  'agent-not-ready': { fate: 'refuse', status: 409, title: 'The agent says it is not ready' },
  'dialog-open': { fate: 'refuse', status: 409, title: 'The dialog is open' },
  'not-redrivable': { fate: 'refuse', status: 409, title: 'The dead letter is not redriven' },
  'version-conflict': { fate: 'refuse', status: 412, title: 'Another edit came first' },
  'payload-too-large': { fate: 'refuse', status: 413, title: 'The body is too large' },
  'range-invalid': { fate: 'refuse', status: 416, title: 'The file has no such range' },
  'request-invalid': { fate: 'refuse', status: 422, title: 'The request is not valid' },
  'reply-invalid': { fate: 'refuse', status: 422, title: 'A reply is not valid' },
  'idempotency-key-reused': {
    fate: 'refuse',
    status: 422,
    title: 'The Idempotency-Key was used with another body',
  },
  'rate-limited': { fate: 'retry', status: 429, title: 'Too many requests' },
  'media-refused': { fate: 'retry', status: 502, title: '360dialog does not hand the file out' },
  'media-unavailable': {
    fate: 'retry',
    status: 503,
    title: '360dialog cannot hand the file out now',
  },
  unavailable: { fate: 'retry', status: 503, title: 'Something we need cannot be reached' },
} as const satisfies Record<string, Meaning>;

export type FailureCode = keyof typeof FAILURES;

/** One thing that is wrong with what the caller sent. */
export interface Finding {
  /** Where: `agent.url`, `replies.0.text`. */
  path: string;
  detail: string;
}

/** What is logged with a failure, and in part answered: ids and counts, never a secret. */
export interface FailureFacts extends LogFacts {
  /** One sentence that says what to do. It is logged and answered: it holds no secret and no message. */
  detail?: string;
  errors?: Finding[];
  /** Findings whose path is a name that the caller made up: answered before `errors`, and not logged. */
  unknown?: Finding[];
  /** Where the caller must wait. */
  retryAfterSeconds?: number;
  /** Of a deleted channel: its visitors are still being erased. */
  erasing?: true;
  /** What else stands in the head of the answer: `allow`, `content-range`. */
  headers?: Record<string, string>;
}

/** The only error this product throws on purpose. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly facts: Readonly<FailureFacts>;

  constructor(code: FailureCode, facts: FailureFacts = {}, cause?: unknown) {
    super(facts.detail ? `${code}: ${facts.detail}` : code, { cause });
    this.code = code;
    this.facts = facts;
  }
}

/** An unexpected error is retried. */
export const fateOf = (error: unknown): Fate =>
  error instanceof Failure ? FAILURES[error.code].fate : 'retry';
