import { type ChatRecord, chatRecordSchema } from '../../../shared/contract/chat-record.ts';
import { type ChatView, chatViewSchema } from '../../../shared/contract/chat-view.ts';
import { answerOf } from '../answer-of.ts';
import { askWhetherSure } from '../ask-whether-sure.ts';
import { chatText, turnsText } from '../chat-text.ts';
import { type Call, command, type Options } from '../command.ts';
import { type Outcome, wrongUsage } from '../outcome.ts';
import { VISITOR, visitorIn } from '../visitor.ts';

const OPTIONS = {
  ...VISITOR,
  minutes: { type: 'string', value: 'N', says: 'pause: for how long, from now' },
  yes: { type: 'boolean', says: 'erase: do not ask whether you are sure' },
} as const satisfies Options;

type ChatCall = Call<typeof OPTIONS>;

export const chat = command({
  name: 'chat',
  does: 'finds, shows, pauses, resumes, exports or erases one visitor’s chat',
  takes: ['find|show|pause|resume|export|erase', 'channel'],
  options: OPTIONS,
  notes: [
    'Name the visitor by exactly one of --phone, --bsuid, --chat-id, --channel-chat-id.',
    'show adds the newest turns, with what became of each reply. While a chat is paused the agent is not asked.',
    'export prints everything that is held, as one JSON document. A dead letter of something that could not be read may hold other people’s words: look before you hand it on.',
    'erase is for good. What your agent, 360dialog and WhatsApp keep is not erased by it (SECURITY.md).',
  ],
  examples: [
    'chat find ch_0123456789abcdef0123 --phone 491713920042',
    'chat show ch_0123456789abcdef0123 --phone "+49 171 3920042"',
    'chat pause ch_0123456789abcdef0123 --phone 491713920042 --minutes 60',
    'chat resume ch_0123456789abcdef0123 --phone 491713920042',
    'chat export ch_0123456789abcdef0123 --phone 491713920042',
    'chat erase ch_0123456789abcdef0123 --phone 491713920042',
  ],
  run: async (call) => {
    const [what = ''] = call.given;
    const action = Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined;
    if (!action) return wrongUsage(`chat can ${Object.keys(ACTIONS).join(', ')}`);
    const minutes = Number(call.values.minutes);
    if (what === 'pause' && !(Number.isInteger(minutes) && minutes > 0)) {
      return wrongUsage('Say for how long: --minutes 60');
    }
    const found = await find(call);
    return 'chat_id' in found ? action(call, found) : found;
  },
});

const ACTIONS: Record<string, (call: ChatCall, found: ChatView) => Promise<Outcome>> = {
  find: async (_call, found) => ({ kind: 'done', json: found, text: chatText(found) }),
  show: showChat,
  pause: (call, found) => change(call, found, 'pause', { minutes: Number(call.values.minutes) }),
  resume: (call, found) => change(call, found, 'resume'),
  export: exportChat,
  erase: eraseChat,
};

async function find({ given: [, channel = ''], values, ask }: ChatCall) {
  const name = visitorIn(values);
  if ('kind' in name) return name as Outcome;
  const query = new URLSearchParams(name);
  const path = `${chatsOf(channel)}?${query}`;
  const found = answerOf(await ask({ method: 'GET', path }), chatViewSchema);
  return 'answered' in found ? found.answered : found;
}

async function showChat(call: ChatCall, { chat_id }: ChatView): Promise<Outcome> {
  const page = await pageOf(call, chat_id, '');
  if (!('answered' in page)) return page;
  const { answered } = page;
  const text = [chatText(answered.chat), turnsText(answered)].filter(Boolean).join('\n');
  return { kind: 'done', json: answered, text };
}

async function change(
  { given: [, channel = ''], ask }: ChatCall,
  { chat_id }: ChatView,
  action: 'pause' | 'resume',
  body?: unknown,
): Promise<Outcome> {
  const path = `${chatsOf(channel)}/${chat_id}/${action}`;
  const changed = answerOf(await ask({ method: 'POST', path, body }), chatViewSchema);
  if (!('answered' in changed)) return changed;
  return { kind: 'done', json: changed.answered, text: chatText(changed.answered) };
}

async function pageOf({ given: [, channel = ''], ask }: ChatCall, chatId: string, cursor: string) {
  const query = cursor && `?${new URLSearchParams({ cursor })}`;
  const path = `${chatsOf(channel)}/${chatId}${query}`;
  return answerOf(await ask({ method: 'GET', path }), chatRecordSchema);
}

/** All pages as one document. */
async function exportChat(call: ChatCall, { chat_id }: ChatView): Promise<Outcome> {
  const pages: ChatRecord[] = [];
  for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)?.next ?? null) {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(call, chat_id, cursor);
    if (!('answered' in page)) return page;
    pages.push(page.answered);
  }
  const whole = {
    ...pages.at(-1),
    turns: pages.flatMap(({ turns }) => turns),
    history: pages.flatMap(({ history }) => history),
    dead_letters: pages.flatMap(({ dead_letters }) => dead_letters),
  };
  return { kind: 'done', json: whole, text: JSON.stringify(whole, null, 2) };
}

async function eraseChat(
  { given: [, channel = ''], values, terminal, ask }: ChatCall,
  { chat_id, name }: ChatView,
): Promise<Outcome> {
  const who = `the chat ${chat_id}${name && ` with ${name}`}`;
  const stopped = await askWhetherSure(terminal, `Erase ${who} for good?`, values);
  if (stopped) return stopped;
  const answer = await ask({ method: 'DELETE', path: `${chatsOf(channel)}/${chat_id}` });
  if (answer.kind !== 'answered') return answer;
  return { kind: 'done', json: { erased: chat_id }, text: `The chat ${chat_id} is erased.` };
}

const chatsOf = (channel: string) => `/${encodeURIComponent(channel)}/chats`;
