// Rasa's REST channel. docs/agents/rasa.md has the facts.
import { isFields } from '../../kernel/is-fields.ts';
import { readAgentAnswer, refused } from './answer.ts';
import { bearer, jsonOf, under } from './hear.ts';
import type { AskedEvent, Kind } from './kind.ts';
import { silence } from './read-words.ts';
import { filesOfTurn, wordsOfTurn } from './words-of-turn.ts';

export const rasa: Kind = {
  *converse({ event, url, apiKey }) {
    const heard = yield {
      method: 'POST',
      url: under(url ?? '', '/webhooks/rest/webhook'),
      headers: bearer(apiKey),
      body: { sender: event.chat.id, message: messageOf(event), metadata: metadataOf(event) },
    };
    const read = jsonOf(heard);
    if ('reply' in read) return read;
    if (!Array.isArray(read.json)) {
      const reason = 'The answer is no list of messages, which Rasa’s REST channel gives.';
      return { reply: refused('agent-answer-invalid', reason) };
    }
    const replies = read.json.filter(isFields).flatMap(repliesTo);
    return { reply: replies.length === 0 ? silence() : readAgentAnswer({ replies }) };
  },
  check: ({ url, apiKey }) => ({
    request: { method: 'GET', url: under(url ?? '', '/'), headers: bearer(apiKey) },
    read: ({ status, body }) =>
      body.toString('utf8').includes('Rasa')
        ? 'Rasa answers.'
        : `The server answers HTTP ${status}, and not as Rasa does.`,
  }),
};

/** A tapped button says what it means to Rasa: its payload, which we gave the button as its id. */
function messageOf(event: AskedEvent): string {
  const { option } = 'message' in event ? Object(event.message) : {};
  return typeof option?.id === 'string' ? option.id : wordsOfTurn(event);
}

const metadataOf = (event: AskedEvent) => ({
  event: event.event,
  context: event.context,
  files: filesOfTurn(event),
  ...('request' in event && { incoming_request: event.request.body }),
});

function repliesTo(message: Record<string, unknown>): unknown[] {
  const { text, buttons, image, attachment } = message;
  const said = typeof text === 'string' ? text : '';
  const options = Array.isArray(buttons) ? buttons.filter(isFields).map(optionOf) : [];
  return [
    ...(typeof image === 'string' ? [{ type: 'attachment', kind: 'image', url: image }] : []),
    ...(options.length > 0
      ? [{ type: 'buttons', text: said || '…', buttons: options }]
      : said
        ? [{ type: 'text', text: said }]
        : []),
    ...(typeof attachment === 'string'
      ? [{ type: 'attachment', kind: 'file', url: attachment }]
      : []),
  ];
}

const optionOf = ({ title, payload }: Record<string, unknown>) => ({
  label: title,
  ...(typeof payload === 'string' && payload && { id: payload }),
});
