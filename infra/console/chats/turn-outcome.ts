import type { TurnOutcome } from '../../../shared/contract/turn.ts';

/** How a turn ended, as far as this version knows it. */
export interface Ended {
  kind: TurnOutcome['kind'] | 'running' | 'other';
  /** Of a lost turn: why. */
  code: string | null;
  /** Of a lost turn: where its dead letter is, epoch milliseconds. */
  letterAt: number | null;
  /** What is sent, as it was written. */
  replies: unknown[];
  dialog: 'open' | 'close' | 'operator';
}

const KINDS: readonly string[] = [
  'answered',
  'later',
  'told',
  'paused',
  'limited',
  'merged',
  'failed',
  'erased',
] satisfies TurnOutcome['kind'][];

/** Reads the `outcome` of a turn in a chat's record; null: it has not ended. */
export function readOutcome(outcome: unknown): Ended {
  const ended: Ended = { kind: 'running', code: null, letterAt: null, replies: [], dialog: 'open' };
  if (typeof outcome !== 'object' || outcome === null) return ended;
  const known = outcome as Partial<Extract<TurnOutcome, { kind: 'failed' }>> & {
    answer?: { replies?: unknown; dialog?: Ended['dialog'] };
    text?: unknown;
  };
  const { replies } = known.answer ?? {};
  return {
    kind: KINDS.includes(String(known.kind)) ? (known.kind as Ended['kind']) : 'other',
    code: known.code ?? null,
    letterAt: known.letter_at ?? null,
    replies: Array.isArray(replies) ? replies : known.text === undefined ? [] : [known.text],
    dialog: known.answer?.dialog ?? 'open',
  };
}
