import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import { readReply } from '../../../../shared/contract/reply.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { entryOfReply } from '../../../../shared/whatsapp/outbound/entry-of-reply.ts';

const channel: Pick<Channel, 'hosting' | 'options'> = {
  hosting: 'cloud',
  options: parse(channelOptionsSchema, {}),
};
const entryOf = (value: unknown) => {
  const read = readReply(value);
  if (!read.ok) throw new Error('no reply');
  const to = { phone: '491713920042', bsuid: null };
  return entryOfReply(read.reply, channel, { replyId: 'rep_1', to });
};

test('a history tells what a reply says before it has gone', () => {
  expect(entryOf('Hello')).toEqual({ from: 'agent', kind: 'text', text: 'Hello' });
  const picture = {
    type: 'attachment',
    kind: 'image',
    url: 'https://a.example/a',
    caption: 'Look',
  };
  expect(entryOf(picture)).toEqual({ from: 'agent', kind: 'image', text: 'Look' });
});

test('of a pause, and of what makes no message, it tells nothing', () => {
  expect(entryOf({ type: 'pause', seconds: 3 })).toBeNull();
  expect(entryOf({ type: 'raw', message: { text: { body: 'no type' } } })).toBeNull();
});
