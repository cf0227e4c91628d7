// n8n's Chat Trigger. docs/agents/n8n.md has the facts.
import { isFields } from '../../kernel/is-fields.ts';
import { readJson } from '../../kernel/read-json.ts';
import { readAgentAnswer, refused } from './answer.ts';
import { bearer, notTaken } from './hear.ts';
import type { AskedEvent, Kind } from './kind.ts';
import { readWords, silence } from './read-words.ts';
import { filesOfTurn, wordsOfTurn } from './words-of-turn.ts';

export const n8n: Kind = {
  *converse({ event, url, apiKey }) {
    const heard = yield {
      method: 'POST',
      url: url ?? '',
      headers: bearer(apiKey),
      body: {
        action: 'sendMessage',
        sessionId: event.chat.id,
        chatInput: wordsOfTurn(event),
        metadata: metadataOf(event),
      },
    };
    return { reply: notTaken(heard) ?? readOutput(heard.body.toString('utf8').trim()) };
  },
  // A GET starts the workflow, or shows a page of it: there is nothing to ask that does nothing.
  check: () => null,
};

const metadataOf = (event: AskedEvent) => ({
  event: event.event,
  chat: event.chat,
  context: event.context,
  files: filesOfTurn(event),
  ...('message' in event ? { message: event.message } : { incoming_request: event.request.body }),
});

function readOutput(body: string) {
  if (body === '') return silence('The workflow answered nothing.');
  const json = readJson(body);
  if (json === undefined) return readLines(body);
  const item = Array.isArray(json) ? json[0] : json;
  if (typeof item === 'string') return readWords(item);
  if (!isFields(item)) return silence('The workflow answered no object.');
  if (Array.isArray(item.replies)) return readAgentAnswer(item);
  const said = [item.output, item.text].find((text) => text !== undefined && text !== null);
  if (typeof said === 'string') return readWords(said);
  if (isFields(said)) return readWords(JSON.stringify(said));
  return silence('The answer has neither output nor text.');
}

/** A streamed answer: one JSON object a line, whose items are the pieces of the words. Else it is plain words. */
function readLines(body: string) {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const chunks = lines.map((line) => readJson(line));
  if (!chunks.every(isFields)) {
    return body.startsWith('<')
      ? refused('agent-answer-invalid', 'The answer is HTML or XML, and JSON is wanted.')
      : readWords(body);
  }
  if (chunks.some(({ type }) => type === 'error')) return silence('The stream ended in an error.');
  const pieces = chunks.filter(({ type }) => type === 'item').map(({ content }) => content);
  return readWords(pieces.filter((piece) => typeof piece === 'string').join(''));
}
