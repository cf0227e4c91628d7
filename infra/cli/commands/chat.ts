import { type ChatRecord, chatRecordSchema } from '../../../shared/contract/chat-record.ts';
import { type ChatView, chatViewSchema } from '../../../shared/contract/chat-view.ts';
import { read } from '../../../shared/kernel/parse.ts';
import { askPerson } from '../ask-person.ts';
import { type Call, command, type Options } from '../command.ts';
import { type Outcome, unreachable, wrongUsage } from '../outcome.ts';
import { table } from '../table.ts';

const OPTIONS = {
  phone: { type: 'string', value: 'NUMBER', says: 'the visitor’s phone, with country code' },
  bsuid: { type: 'string', value: 'ID', says: 'WhatsApp’s own id of the visitor' },
  'chat-id': { type: 'string', value: 'ID', says: 'the chat_id of an event' },
  'channel-chat-id': { type: 'string', value: 'ID', says: 'the channel_chat_id of an event' },
  yes: { type: 'boolean', says: 'erase: do not ask whether you are sure' },
} as const satisfies Options;

type ChatCall = Call<typeof OPTIONS>;

export const chat = command({
  name: 'chat',
  does: 'finds, exports or erases what is held about one visitor',
  takes: ['find|export|erase', 'channel'],
  options: OPTIONS,
  notes: [
    'Name the visitor by exactly one of the options.',
    'export prints everything that is held, as one JSON document. A dead letter of something that could not be read may hold other people’s words: look before you hand it on.',
    'erase is for good. What your agent, 360dialog and WhatsApp keep is not erased by it (SECURITY.md).',
  ],
  examples: [
    'chat find ch_0123456789abcdef0123 --phone 491713920042',
    'chat export ch_0123456789abcdef0123 --phone 491713920042',
    'chat erase ch_0123456789abcdef0123 --phone 491713920042',
  ],
  run: async (call) => {
    const [what = ''] = call.given;
    const action = Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined;
    if (!action) return wrongUsage(`chat can ${Object.keys(ACTIONS).join(', ')}`);
    const found = await find(call);
    return 'chat_id' in found ? action(call, found) : found;
  },
});

const ACTIONS: Record<string, (call: ChatCall, found: ChatView) => Promise<Outcome>> = {
  find: async (_call, found) => ({ kind: 'done', json: found, text: chatText(found) }),
  export: exportChat,
  erase: eraseChat,
};

async function find({ given: [, channel = ''], values, ask }: ChatCall) {
  const { phone, bsuid } = values;
  const names = Object.entries({
    phone,
    bsuid,
    chat_id: values['chat-id'],
    channel_chat_id: values['channel-chat-id'],
  }).filter((name): name is [string, string] => name[1] !== undefined);
  if (names.length !== 1) {
    return wrongUsage('Name the visitor by one of --phone, --bsuid, --chat-id, --channel-chat-id');
  }
  const query = new URLSearchParams(names);
  const answer = await ask({ method: 'GET', path: `${chatsOf(channel)}?${query}` });
  if (answer.kind !== 'answered') return answer;
  const found = read(chatViewSchema, answer.json);
  return found.ok ? found.value : NOT_OURS;
}

/** All pages as one document. */
async function exportChat(
  { given: [, channel = ''], ask }: ChatCall,
  { chat_id }: ChatView,
): Promise<Outcome> {
  const pages: ChatRecord[] = [];
  for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.next ?? null) {
    const query: string = cursor && `?${new URLSearchParams({ cursor })}`;
    const path = `${chatsOf(channel)}/${chat_id}${query}`;
    const answer = await ask({ method: 'GET', path });
    if (answer.kind !== 'answered') return answer;
    const page = read(chatRecordSchema, answer.json);
    if (!page.ok) return NOT_OURS;
    pages.push(page.value);
  }
  const whole = {
    ...pages.at(-1),
    turns: pages.flatMap(({ turns }) => turns),
    dead_letters: pages.flatMap(({ dead_letters }) => dead_letters),
  };
  return { kind: 'done', json: whole, text: JSON.stringify(whole, null, 2) };
}

async function eraseChat(
  { given: [, channel = ''], values, terminal, ask }: ChatCall,
  { chat_id, name }: ChatView,
): Promise<Outcome> {
  if (!values.yes) {
    if (!terminal.stdin.isTTY) return wrongUsage('There is no terminal to ask at: add --yes');
    const who = `the chat ${chat_id}${name && ` with ${name}`}`;
    const said = await askPerson(terminal, `Erase ${who} for good? Type yes: `);
    if (said?.trim().toLowerCase() !== 'yes') return { kind: 'interrupted' };
  }
  const answer = await ask({ method: 'DELETE', path: `${chatsOf(channel)}/${chat_id}` });
  if (answer.kind !== 'answered') return answer;
  return { kind: 'done', json: { erased: chat_id }, text: `The chat ${chat_id} is erased.` };
}

const chatsOf = (channel: string) => `/${encodeURIComponent(channel)}/chats`;

const NOT_OURS = unreachable('What answers there is no admin endpoint of this version.');

const chatText = (found: ChatView): string =>
  table(
    [
      ['chat', found.chat_id],
      ['name', found.name || 'not known'],
      ['phone', found.identity.phone ?? 'not known'],
      ['WhatsApp id', found.identity.bsuid ?? 'not known'],
      ['created', found.created_at],
      ['last wrote', found.last_inbound_at ?? 'never'],
      ['window', found.window.open ? `open until ${found.window.until}` : 'closed'],
      ...(found.paused_until ? [['paused until', found.paused_until]] : []),
      ...(found.opted_out ? [['opted out of', found.opted_out]] : []),
    ],
    '  ',
  );
