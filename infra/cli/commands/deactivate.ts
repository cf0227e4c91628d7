import { aboutChannel, named } from '../about-channel.ts';
import { command } from '../command.ts';

export const deactivate = command({
  name: 'deactivate',
  does: 'turns a channel off: what people write is dropped',
  takes: ['channel'],
  options: {},
  notes: ['360dialog is left alone: it goes on posting, and is answered 200.'],
  examples: ['deactivate ch_0123456789abcdef0123'],
  run: async ({ given: [channel = ''], ask }) =>
    aboutChannel(
      await ask({ method: 'POST', path: `/${encodeURIComponent(channel)}/deactivate` }),
      (answer) => `${named(answer)} is not active any more.`,
    ),
});
