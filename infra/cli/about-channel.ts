import { type ChannelAnswer, channelAnswerSchema } from '../../shared/contract/channel-answer.ts';
import { read } from '../../shared/kernel/parse.ts';
import type { AdminAnswer } from './ask-admin-api.ts';
import { warningsText } from './channel-text.ts';
import { type Outcome, unreachable } from './outcome.ts';

/** The outcome of a command whose answer is a channel; `textOf` words it for people. */
export function aboutChannel(
  answer: AdminAnswer,
  textOf: (answer: ChannelAnswer) => string,
): Outcome {
  if (answer.kind !== 'answered') return answer;
  const about = read(channelAnswerSchema, answer.json);
  if (!about.ok) return unreachable('What answers there is no admin endpoint of this version.');
  const { replaced_webhook: replaced, warnings } = about.value;
  const text = [
    textOf(about.value),
    replaced ? `\n\n360dialog posted to another address until now: ${replaced}` : '',
    warningsText(warnings),
  ].join('');
  return { kind: 'done', json: answer.json, text };
}

/** What a sentence calls a channel: its title and its id. */
export const named = ({ channel }: ChannelAnswer): string => `${channel.title} (${channel.id})`;
