import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import type {
  Story,
  TraceAnswer,
  TracedPart,
  TracedReply,
  TracedTurn,
} from '../../../shared/contract/trace-answer.ts';
import type { NextCommand } from '../next-command.ts';
import { because, counted, type ReplyNames } from './trace-step.ts';

/** What a story waits for now, in a sentence each; none: it is over. */
export function whatIsWaitedFor(
  { channel, dead_letters: letters }: Pick<TraceAnswer, 'channel' | 'dead_letters'>,
  { turns, replies }: Story,
  words: StoryWords,
): string[] {
  return [
    ...turns.flatMap((turn) => ofTurn(channel, turn, { letters, ...words })),
    ...replies.flatMap((reply) => ofReply(channel, reply, { letters, ...words })),
  ];
}

/** How a story calls its replies, and writes what an operator may do. */
export interface StoryWords {
  names: ReplyNames;
  next: NextCommand;
}

interface Told extends StoryWords {
  letters: LetterSummary[];
}

type Channel = TraceAnswer['channel'];

function ofTurn(channel: Channel, turn: TracedTurn, { letters, next }: Told): string[] {
  const letter = letters.find(({ event_id }) => event_id === turn.event_id);
  if (letter) return [anOperator(letter, next)];
  if (turn.ended_at !== null) return [];
  if (turn.waits_for_more) return ['The messages that may follow: they become one turn.'];
  if (!channel.active) return ['The channel is inactive: what waits for it is dropped.'];
  if (channel.held) {
    const resume = next('resume', channel.id);
    return [`The channel is held since ${channel.held.since}. This ends that: ${resume}`];
  }
  if (channel.waiting?.for === 'agent') {
    return [`The agent, whose calls have failed since ${channel.waiting.since}.`];
  }
  return turn.attempts > 0
    ? [`The agent: it was asked ${counted(turn.attempts, 'time', 'times')}, and is asked again.`]
    : ['The worker: the message is in its queue.'];
}

const anOperator = ({ what_to_do, id }: LetterSummary, next: NextCommand): string =>
  `An operator: ${what_to_do} ${next('dead-letters', 'redrive', id)}`;

function ofReply(
  channel: Channel,
  { reply_id, queued, parts }: TracedReply,
  { letters, names, next }: Told,
): string[] {
  const letter = letters.find((one) => one.reply_id === reply_id);
  if (letter) return [anOperator(letter, next)];
  const name = `${names(reply_id).replace(/^r/, 'R')}`;
  const why = channel.blocked
    ? `; the channel is blocked since ${channel.blocked.since} (${channel.blocked.code})`
    : channel.waiting?.for === 'provider'
      ? `; calls of 360dialog have failed since ${channel.waiting.since}`
      : '';
  if (queued) return [`${name}: the sender, which has not looked at it yet${why}.`];
  const held = parts.findIndex(({ status }) => OURS.has(status));
  const first = held >= 0 ? held : parts.findIndex(({ status }) => THEIRS.has(status));
  const part = parts[first];
  if (!part) return [];
  const wait = WAITS[part.status];
  return wait ? [`${name}, message ${first + 1}: ${wait(part)}${why}.`] : [];
}

/** States of a part that is still ours to send: it keeps the parts behind it waiting, too. */
export const OURS = new Set(['waiting', 'parked', 'sending']);
/** What WhatsApp has, and has not said the last word of. */
const THEIRS = new Set(['accepted', 'sent']);

const WAITS: Record<string, (part: TracedPart) => string> = {
  waiting: ({ retry_at, code, reason }) =>
    `it is tried ${retry_at ? `again at ${retry_at}` : 'when its turn comes'}${because(code, reason)}`,
  parked: () => 'the visitor has to write first',
  sending: () =>
    'a status of 360dialog has to say whether it took it; without one it goes once more',
  accepted: () => '360dialog accepted it, and has told no status yet',
  sent: () => 'WhatsApp sent it, and the phone has not confirmed it: it may be off',
};
