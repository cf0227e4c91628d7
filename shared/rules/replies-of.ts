import type { Channel } from '../contract/channel.ts';
import type { Delivery } from '../contract/delivery.ts';
import type { Turn, TurnOutcome } from '../contract/turn.ts';

/** What is to be said after a turn, as it was written, each in its place. */
export function repliesOf(channel: Pick<Channel, 'options'>, outcome: TurnOutcome): unknown[] {
  if (outcome.kind === 'answered') return outcome.answer.replies;
  const { agent_failed_text: text } = channel.options;
  return outcome.kind === 'failed' && text !== null ? [text] : [];
}

/**
 * What was written for a delivery, found in the turn it names; undefined where the turn is gone, or
 * where the reply was no answer of it: one that came through a door may name the same event.
 */
export function replyBehind(
  channel: Pick<Channel, 'options'>,
  turn: Turn | null,
  { accepted_at: acceptedAt, index }: Pick<Delivery, 'accepted_at' | 'index'>,
): unknown {
  if (!turn?.outcome || acceptedAt !== (turn.ended_at ?? turn.begun_at)) return undefined;
  return repliesOf(channel, turn.outcome)[index];
}
