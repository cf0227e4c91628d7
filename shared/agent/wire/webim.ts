// The original platform's public API, which is Webim's External Bot API 1.0. docs/agents/webim.md has the facts.
import { isFields } from '../../kernel/is-fields.ts';
import { readAgentAnswer, refused } from './answer.ts';
import { bearer, jsonOf } from './hear.ts';
import type { AskedEvent, Heard, Kind, KindEnd, KindRequest, KindTurn } from './kind.ts';
import { silence } from './read-words.ts';
import { messagesOf, wordsOfTurn } from './words-of-turn.ts';

export const webim: Kind = {
  *converse(turn) {
    if (turn.session === null) return yield* beginChat(turn);
    const said = messageOf(turn.event);
    const heard = yield request(turn, { event: 'new_message', ...said });
    // The bot has forgotten the chat: it begins anew, once.
    if (heard.status === 404 || heard.status === 410) return yield* beginChat(turn);
    return endOf(heard);
  },
  // What it is asked starts a chat there.
  check: () => null,
};

function* beginChat(turn: KindTurn): Generator<KindRequest, KindEnd, Heard> {
  const messages = [messageOf(turn.event)];
  const heard = yield request(turn, { event: 'new_chat', messages });
  const end = endOf(heard);
  return end.reply.kind === 'answered' ? { session: { chat: true }, ...end } : end;
}

const request = ({ url, apiKey, event }: KindTurn, said: Record<string, unknown>): KindRequest => ({
  method: 'POST',
  url: url ?? '',
  headers: bearer(apiKey),
  body: { ...said, chat: { id: event.chat.id } },
});

/**
 * A tapped button, else what a voice note says, else what the original platform's scripts read as the visitor's
 * words.
 */
function messageOf(event: AskedEvent): Record<string, unknown> {
  const messages = messagesOf(event);
  const { option, kind } = Object(messages.at(-1));
  if (kind === 'choice' && messages.length === 1) {
    const button = { id: option?.id, text: option?.label };
    return { kind: 'keyboard_response', response: { button } };
  }
  const isHeard = messages.some(({ transcript }) => Object(transcript).text);
  const said = isHeard ? '' : event.context.client_message;
  return { kind: 'visitor', text: said || wordsOfTurn(event) };
}

function endOf(heard: Heard): KindEnd {
  if (heard.status === 200 && heard.body.length === 0) return { reply: silence() };
  const read = jsonOf(heard);
  if ('reply' in read) return read;
  if (!isFields(read.json)) {
    return { reply: refused('agent-answer-invalid', 'The answer is no object with has_answer.') };
  }
  const { has_answer, messages } = read.json;
  const replies = Array.isArray(messages) ? repliesOf(messages.filter(isFields)) : [];
  if (has_answer === false) {
    return { reply: readAgentAnswer({ replies, dialog: 'operator' }), session: null };
  }
  return { reply: replies.length === 0 ? silence() : readAgentAnswer({ replies }) };
}

/** A keyboard belongs to the operator's text before it. */
function repliesOf(messages: Record<string, unknown>[]): unknown[] {
  const replies: Record<string, unknown>[] = [];
  for (const { kind, text, buttons, data } of messages) {
    if (kind === 'operator' && typeof text === 'string') replies.push({ type: 'text', text });
    if (kind === 'file_operator' && isFields(data)) replies.push(fileReply(data));
    if (kind !== 'keyboard' || !Array.isArray(buttons)) continue;
    const options = buttons.flat().filter(isFields).map(optionOf);
    const before = replies.at(-1);
    const said = before?.type === 'text' ? replies.pop()?.text : '…';
    if (options.length > 0) replies.push({ type: 'buttons', text: said, buttons: options });
  }
  return replies;
}

const optionOf = ({ id, text }: Record<string, unknown>) => ({
  ...(id !== undefined && id !== null && { id: String(id) }),
  label: text,
});

const fileReply = ({ url, name, media_type }: Record<string, unknown>) => ({
  type: 'attachment',
  kind: String(media_type).startsWith('image/') ? 'image' : 'file',
  url,
  ...(typeof name === 'string' && { filename: name }),
});
