import { aboutChannel, named } from '../about-channel.ts';
import { command } from '../command.ts';

export const resume = command({
  name: 'resume',
  does: 'lets the agent of a channel that was held be asked again',
  takes: ['channel'],
  options: {},
  notes: [
    'From the next message on. A request or a notification that was accepted before the hold and had its turn in it is a dead letter: dead-letters redrive --channel <channel> --code channel-held. Requests that were refused meanwhile have to be made again.',
    'A single chat that was paused is resumed by chat resume.',
  ],
  examples: ['resume ch_0123456789abcdef0123'],
  run: async ({ given: [channel = ''], ask }) =>
    aboutChannel(
      await ask({ method: 'POST', path: `/${encodeURIComponent(channel)}/resume` }),
      (answer) => `${named(answer)} is not held any more.`,
    ),
});
