import { aboutChannel, named } from '../about-channel.ts';
import { command } from '../command.ts';

export const activate = command({
  name: 'activate',
  does: 'turns a channel on and registers its webhook at 360dialog',
  takes: ['channel'],
  options: {},
  notes: [
    'Warnings stop nothing: the channel is active all the same. An active one is registered again.',
  ],
  examples: ['activate ch_0123456789abcdef0123'],
  run: async ({ given: [channel = ''], ask }) =>
    aboutChannel(
      await ask({ method: 'POST', path: `/${encodeURIComponent(channel)}/activate` }),
      (answer) => `${named(answer)} is active.`,
    ),
});
