import type { Channel } from '../../contract/channel.ts';
import type { Delivery } from '../../contract/delivery.ts';
import type { Turn, TurnOutcome } from '../../contract/turn.ts';
import { fallbackReply } from '../window/fallback-template.ts';

/**
 * The replies that go after a turn, as they were written, each in its place: the agent's, or the
 * channel's `agent_failed_text` where the agent failed, or what is said while the channel is held.
 */
export function repliesOf(channel: Pick<Channel, 'options'>, outcome: TurnOutcome): unknown[] {
  if (outcome.kind === 'answered') return outcome.answer.replies;
  if (outcome.kind === 'paused') return outcome.text === undefined ? [] : [outcome.text];
  const { agent_failed_text: text } = channel.options;
  return outcome.kind === 'failed' && text !== null ? [text] : [];
}

/**
 * What was written for a delivery, as the turn it names has it, or the channel's own template; undefined
 * where that is gone.
 */
export function replyBehind(
  channel: Pick<Channel, 'options'>,
  turn: Turn | null,
  { index, fallback_for: reply, redriven }: Pick<Delivery, 'index' | 'fallback_for' | 'redriven'>,
): unknown {
  if (reply !== undefined) return fallbackReply(channel);
  // The turn was redriven since, and its words are others now.
  if (turn?.redriven?.at(-1) !== redriven) return undefined;
  return turn?.outcome ? repliesOf(channel, turn.outcome)[index] : undefined;
}
