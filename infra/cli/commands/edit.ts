import { aboutChannel } from '../about-channel.ts';
import { CHANNEL_OPTIONS, OPTION_SECTION, readFields } from '../channel-fields.ts';
import { channelText } from '../channel-text.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../outcome.ts';
import { readToken } from '../read-token.ts';

export const edit = command({
  name: 'edit',
  does: 'changes a channel, all at once or not at all',
  takes: ['channel'],
  options: {
    ...CHANNEL_OPTIONS,
    token: { type: 'boolean', says: 'give it another token: asked for, or from standard input' },
    'if-version': { type: 'string', value: 'N', says: 'only if this is still its version' },
  },
  alsoTakes: OPTION_SECTION,
  notes: ['What is not named stays as it is. A new token of an active channel is registered.'],
  examples: [
    'edit ch_0123456789abcdef0123 --title "Support, evenings"',
    'edit ch_0123456789abcdef0123 --token < new-token.txt',
    'edit ch_0123456789abcdef0123 --option park_hours=12 --option if_window_closed=park',
  ],
  run: async ({ given: [channel = ''], values, terminal, ask, localUrl }) => {
    const read = await readFields(values, terminal);
    if (read.kind !== 'fields') return read;
    const { fields } = read;
    if (values.token) {
      if (values.from === '-') return wrongUsage('With --from - the token must be in the JSON too');
      const token = await readToken({ terminal, localUrl });
      if (typeof token !== 'string') return token;
      fields.token = token;
    }
    if (Object.keys(fields).length === 0) return wrongUsage('Say what is to change');
    const answer = await ask({
      method: 'PATCH',
      path: `/${encodeURIComponent(channel)}`,
      body: fields,
      ifMatch: values['if-version'],
    });
    return aboutChannel(answer, (about) => `Changed.\n\n${channelText(about.channel)}`);
  },
});
