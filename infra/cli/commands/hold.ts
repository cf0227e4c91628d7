import { aboutChannel, named } from '../about-channel.ts';
import { command, type Options } from '../command.ts';

const OPTIONS = {
  text: { type: 'string', value: 'WORDS', says: 'what each visitor who writes is told, once' },
} as const satisfies Options;

export const hold = command({
  name: 'hold',
  does: 'lets a channel’s agent be asked nothing for a while; nothing is lost',
  takes: ['channel'],
  options: OPTIONS,
  notes: [
    'Visitors are recorded as always, and the agent hears later how many messages it missed. What was accepted to be sent goes. Incoming Requests and notifications are refused (channel-held) until resume.',
  ],
  examples: [
    'hold ch_0123456789abcdef0123',
    'hold ch_0123456789abcdef0123 --text "We are back at nine."',
  ],
  run: async ({ given: [channel = ''], values: { text }, ask, next }) =>
    aboutChannel(
      await ask({
        method: 'POST',
        path: `/${encodeURIComponent(channel)}/hold`,
        body: { ...(text !== undefined && { text }) },
      }),
      (answer) =>
        [
          `${named(answer)} is held: its agent is asked nothing until`,
          `  ${next('resume', channel)}`,
          toldWords(answer.channel.held?.text ?? null),
        ].join('\n'),
    ),
});

/** Holding again without a text takes the earlier one back, so each time it is said what holds now. */
const toldWords = (text: string | null): string =>
  text === null
    ? 'Visitors who write are told nothing.'
    : `Each visitor who writes is told once: ${text}`;
