import { readFile } from 'node:fs/promises';
import { messagesAnswerSchema } from '../../../shared/contract/messages-request.ts';
import { readJson } from '../../../shared/kernel/read-json.ts';
import { answerOf } from '../answer-of.ts';
import { type Call, command, type Options } from '../command.ts';
import { type NotAsked, wrongUsage } from '../outcome.ts';
import { API_KEY_NOTE } from '../read-api-key.ts';
import { REPEAT, sendAsChannel } from '../send-as-channel.ts';
import { VISITOR, visitorIn } from '../visitor.ts';

const OPTIONS = {
  ...VISITOR,
  text: { type: 'string', multiple: true, value: 'WORDS', says: 'a text; several are several' },
  replies: {
    type: 'string',
    value: 'FILE',
    says: 'a JSON file with a reply, or a list of them, as an agent answers',
  },
  ...REPEAT,
} as const satisfies Options;

export const send = command({
  name: 'send',
  does: 'sends a visitor a text, or any replies',
  takes: ['channel'],
  options: OPTIONS,
  notes: [
    'Name the visitor by exactly one of --phone, --bsuid, --chat-id, --channel-chat-id. Outside the 24-hour window only templates go.',
    API_KEY_NOTE,
  ],
  examples: [
    'send ch_0123456789abcdef0123 --phone 491713920042 --text "Your parcel is here."',
    'send ch_0123456789abcdef0123 --phone 491713920042 --replies menu.json',
  ],
  run: async (call) => {
    const [channel = ''] = call.given;
    const to = visitorIn(call.values);
    if ('kind' in to) return to as NotAsked;
    const replies = await repliesIn(call);
    if (!Array.isArray(replies)) return replies;
    const answer = await sendAsChannel(call, { channel, to: 'messages', body: { to, replies } });
    if (answer.kind !== 'answered') return answer;
    const sent = answerOf(answer, messagesAnswerSchema);
    if (!('answered' in sent)) return sent;
    const { chat_id, replies: accepted } = sent.answered;
    const text = [
      `Accepted for the chat ${chat_id}. What becomes of it:`,
      ...accepted.map(({ reply_id }) => `  ${call.next('reply', 'show', channel, reply_id)}`),
    ].join('\n');
    return { kind: 'done', json: sent.answered, text };
  },
});

async function repliesIn({ values }: Call<typeof OPTIONS>): Promise<unknown[] | NotAsked> {
  const { text = [], replies: file } = values;
  if (text.length > 0 === (file !== undefined)) {
    return wrongUsage('Say what to send: either --text or --replies');
  }
  if (file === undefined) return text;
  let written: string;
  try {
    written = await readFile(file, 'utf8');
  } catch (error) {
    return wrongUsage(`${file} cannot be read: ${(error as Error).message}`);
  }
  const replies = readJson(written);
  if (replies === undefined) return wrongUsage(`${file} holds no JSON`);
  return Array.isArray(replies) ? replies : [replies];
}
