import { aboutChannel } from '../about-channel.ts';
import { channelText } from '../channel-text.ts';
import { command } from '../command.ts';

export const show = command({
  name: 'show',
  does: 'shows one channel',
  takes: ['channel'],
  options: {},
  notes: [
    'The webhook and incoming-request addresses are secrets: anyone who has them can use them.',
  ],
  examples: ['show ch_0123456789abcdef0123', 'show ch_0123456789abcdef0123 --json'],
  run: async ({ given: [channel = ''], ask }) =>
    aboutChannel(await ask({ method: 'GET', path: `/${encodeURIComponent(channel)}` }), (answer) =>
      channelText(answer.channel),
    ),
});
