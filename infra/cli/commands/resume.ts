import { aboutChannel, named } from '../about-channel.ts';
import { command } from '../command.ts';

export const resume = command({
  name: 'resume',
  does: 'lets the agent of a channel that was held be asked again',
  takes: ['channel'],
  options: {},
  notes: [
    'From the next message on. What came as a request meanwhile is a dead letter: dead-letters redrive --channel <channel> --code channel-held.',
    'A single chat that was paused is resumed by chat resume.',
  ],
  examples: ['resume ch_0123456789abcdef0123'],
  run: async ({ given: [channel = ''], ask }) =>
    aboutChannel(
      await ask({ method: 'POST', path: `/${encodeURIComponent(channel)}/resume` }),
      (answer) => `${named(answer)} is not held any more.`,
    ),
});
