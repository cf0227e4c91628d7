import type { Options, Values } from './command.ts';
import { type NotAsked, wrongUsage } from './outcome.ts';

/** The options by which a command means one visitor. */
export const VISITOR = {
  phone: { type: 'string', value: 'NUMBER', says: 'the visitor’s phone, with country code' },
  bsuid: { type: 'string', value: 'ID', says: 'WhatsApp’s own id of the visitor' },
  'chat-id': { type: 'string', value: 'ID', says: 'the chat_id of an event' },
  'channel-chat-id': { type: 'string', value: 'ID', says: 'the channel_chat_id of an event' },
} as const satisfies Options;

/** The one name that was given, as the endpoints want it. */
export function visitorIn(values: Values<typeof VISITOR>): Record<string, string> | NotAsked {
  const { phone, bsuid } = values;
  const names = Object.entries({
    phone,
    bsuid,
    chat_id: values['chat-id'],
    channel_chat_id: values['channel-chat-id'],
  }).filter((name): name is [string, string] => name[1] !== undefined);
  if (names.length === 1) return Object.fromEntries(names);
  return wrongUsage('Name the visitor by one of --phone, --bsuid, --chat-id, --channel-chat-id');
}
