// Agents on Amazon Bedrock AgentCore. docs/agents/bedrock-agentcore.md has the facts.
import { isFields } from '../../kernel/is-fields.ts';
import { readJson } from '../../kernel/read-json.ts';
import { type AgentReply, readAgentAnswer } from './answer.ts';
import { bearer, notTaken } from './hear.ts';
import type { AskedEvent, Kind, KindTurn } from './kind.ts';
import { readWords, silence } from './read-words.ts';
import { filesOfTurn, wordsOfTurn } from './words-of-turn.ts';

export const bedrockAgentcore: Kind = {
  *converse(turn) {
    const { event, apiKey, settings } = turn;
    const heard = yield {
      method: 'POST',
      url: addressOf(turn),
      headers: {
        accept: 'application/json, text/event-stream',
        'x-amzn-bedrock-agentcore-runtime-session-id': event.chat.id,
        ...bearer(apiKey),
      },
      body: payloadOf(event),
      // An agent that takes a bearer token takes no signature.
      ...(apiKey === null && {
        sign: { service: 'bedrock-agentcore', region: regionOf(settings.runtime_arn) },
      }),
    };
    const failed = notTaken(heard);
    if (failed) return { reply: failed };
    const body = heard.body.toString('utf8');
    const isStream = heard.headers['content-type']?.includes('text/event-stream') ?? false;
    return { reply: isStream ? readStream(body) : readResult(body) };
  },
  // Every call of a runtime is a turn of the agent's, and is paid for.
  check: () => null,
};

const regionOf = (arn = ''): string => arn.split(':')[3] ?? '';

/** An address with a path is meant whole; a host alone takes the place of AWS's own. */
function addressOf({ url, settings: { runtime_arn = '', qualifier } }: KindTurn): string {
  const own = url === null ? null : URL.parse(url);
  if (own && own.pathname !== '/') return own.href;
  const ending = runtime_arn.startsWith('arn:aws-cn:') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = own?.origin ?? `https://bedrock-agentcore.${regionOf(runtime_arn)}.${ending}`;
  const query = qualifier ? `?qualifier=${encodeURIComponent(qualifier)}` : '';
  return `${host}/runtimes/${encodeURIComponent(runtime_arn)}/invocations${query}`;
}

const payloadOf = (event: AskedEvent) => ({
  prompt: wordsOfTurn(event),
  event: event.event,
  chat: event.chat,
  context: event.context,
  files: filesOfTurn(event),
  ...('message' in event ? { message: event.message } : { incoming_request: event.request.body }),
});

function readResult(body: string): AgentReply {
  const text = body.trim();
  if (text === '') return silence('The answer is empty.');
  const json = readJson(text);
  if (json === undefined) return readWords(text);
  if (isFields(json) && Array.isArray(json.replies)) return readAgentAnswer(json);
  const words = wordsIn(json);
  return words === null ? silence('No text was found in the answer.') : readWords(words);
}

const NAMES = [
  'result',
  'response',
  'output',
  'text',
  'message',
  'content',
  'completion',
  'answer',
];

/** The words in what an agent returns: a text, a message with parts, or either under a usual name. */
function wordsIn(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value;
  if (depth > 4) return null;
  if (Array.isArray(value)) {
    const texts = value.map((one) => wordsIn(one, depth + 1)).filter((text) => text !== null);
    return texts.length > 0 ? texts.join('') : null;
  }
  if (!isFields(value)) return null;
  for (const name of NAMES) {
    const words = wordsIn(value[name], depth + 1);
    if (words !== null) return words;
  }
  return null;
}

/** A stream of events: the pieces of the words, in whichever of the usual ways the agent yields them. */
function readStream(body: string): AgentReply {
  const chunks = body.split(/\r?\n\r?\n/).flatMap((event) => {
    const data = event
      .split(/\r?\n/)
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5).replace(/^ /, ''));
    return data.length === 0 ? [] : [readJson(data.join('\n')) ?? data.join('\n')];
  });
  const failed = chunks.find((chunk) => isFields(chunk) && typeof chunk.error === 'string');
  if (failed) return { kind: 'unavailable', reason: 'the stream failed', retryAfterMs: null };
  const ways = [pieceOfData, pieceOfDelta, pieceAlone, (chunk: unknown) => wordsIn(chunk)];
  for (const piece of ways) {
    const words = chunks.map(piece).filter((text) => text !== null);
    if (words.length > 0) return readWords(words.join(''));
  }
  return silence('No text was found in the stream.');
}

const pieceOfData = (chunk: unknown): string | null => textOr(Object(chunk).data);
const pieceOfDelta = (chunk: unknown): string | null =>
  textOr(Object(Object(Object(Object(chunk).event).contentBlockDelta).delta).text);
const pieceAlone = (chunk: unknown): string | null => textOr(chunk);
const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
