import type { Channel } from '../contract/channel.ts';
import type { TurnOutcome } from '../contract/turn.ts';

/** What is to be said after a turn, as it was written, each in its place. */
export function repliesOf(channel: Pick<Channel, 'options'>, outcome: TurnOutcome): unknown[] {
  if (outcome.kind === 'answered') return outcome.answer.replies;
  const { agent_failed_text: text } = channel.options;
  return outcome.kind === 'failed' && text !== null ? [text] : [];
}
