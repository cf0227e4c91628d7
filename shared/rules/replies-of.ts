import type { Channel } from '../contract/channel.ts';
import type { Delivery } from '../contract/delivery.ts';
import type { Turn, TurnOutcome } from '../contract/turn.ts';

/** What is to be said after a turn, as it was written, each in its place. */
export function repliesOf(channel: Pick<Channel, 'options'>, outcome: TurnOutcome): unknown[] {
  if (outcome.kind === 'answered') return outcome.answer.replies;
  const { agent_failed_text: text } = channel.options;
  return outcome.kind === 'failed' && text !== null ? [text] : [];
}

/** What was written for a delivery, as the turn it names has it; undefined where that is gone. */
export const replyBehind = (
  channel: Pick<Channel, 'options'>,
  turn: Turn | null,
  { index }: Pick<Delivery, 'index'>,
): unknown => (turn?.outcome ? repliesOf(channel, turn.outcome)[index] : undefined);
