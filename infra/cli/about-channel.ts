import { type ChannelAnswer, channelAnswerSchema } from '../../shared/contract/channel-answer.ts';
import { read } from '../../shared/kernel/parse.ts';
import type { AdminAnswer } from './ask-admin-api.ts';
import { warningsText } from './channel-text.ts';
import { type Outcome, unreachable } from './outcome.ts';

/** How a command ends that the endpoint answered with a channel; `textOf` says it to people. */
export function aboutChannel(
  answer: AdminAnswer,
  textOf: (answer: ChannelAnswer) => string,
): Outcome {
  if (answer.kind !== 'answered') return answer;
  const about = read(channelAnswerSchema, answer.json);
  if (!about.ok)
    return unreachable('What answers there is not the admin endpoint of this version.');
  const { replaced_webhook: replaced, warnings } = about.value;
  const text = [
    textOf(about.value),
    replaced ? `\n\n360dialog posted to another address until now: ${replaced}` : '',
    warningsText(warnings),
  ].join('');
  return { kind: 'done', json: answer.json, text };
}

/** A channel in a sentence. */
export const named = ({ channel }: ChannelAnswer): string => `${channel.title} (${channel.id})`;
