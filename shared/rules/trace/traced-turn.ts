import type { TracedTurn } from '../../contract/trace-answer.ts';
import type { Turn } from '../../contract/turn.ts';

/** A turn as `trace` shows it: how far it has come, without what the agent or a caller wrote. */
export const tracedTurn = (turn: Turn): TracedTurn => ({
  event_id: turn.event_id,
  begun_at: iso(turn.begun_at),
  ended_at: turn.ended_at === null ? null : iso(turn.ended_at),
  attempts: turn.attempts,
  timeouts: turn.timeouts,
  outcome: turn.outcome?.kind ?? null,
  code: turn.outcome?.kind === 'failed' ? turn.outcome.code : null,
  replies: turn.outcome?.kind === 'answered' ? turn.outcome.answer.replies.length : 0,
  redriven_at: (turn.redriven ?? []).map(iso),
  merged_into: turn.outcome?.kind === 'merged' ? turn.outcome.into : null,
  waits_for_more: turn.held !== undefined && turn.outcome === null,
});

const iso = (ms: number): string => new Date(ms).toISOString();
