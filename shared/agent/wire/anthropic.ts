// Anthropic's Messages API. docs/agents/anthropic.md has the facts.
import { isFields } from '../../kernel/is-fields.ts';
import { fillWords } from './fill-template.ts';
import { jsonOf, under } from './hear.ts';
import { earlierTurns } from './history.ts';
import type { Kind, KindTurn } from './kind.ts';
import { modelCheck } from './model-check.ts';
import { picturesOf } from './pictures.ts';
import { readWords, silence } from './read-words.ts';
import { wordsOfTurn } from './words-of-turn.ts';

/** The API refuses a request without a limit. */
const USUAL_MAX_TOKENS = 1024;

export const anthropic: Kind = {
  seesPictures: true,
  *converse(turn) {
    const heard = yield {
      method: 'POST',
      url: under(turn.url ?? '', '/messages'),
      headers: headersWith(turn.apiKey),
      body: bodyOf(turn),
    };
    const read = jsonOf(heard);
    if ('reply' in read) return read;
    return { reply: readMessage(read.json) };
  },
  check: ({ url, apiKey, settings }) =>
    modelCheck(under(url ?? '', '/models'), headersWith(apiKey), settings.model ?? ''),
};

const headersWith = (key: string | null) => ({
  'anthropic-version': '2023-06-01',
  ...(key !== null && { 'x-api-key': key }),
});

function bodyOf({ event, settings, inlined }: KindTurn): Record<string, unknown> {
  const { model, system_prompt, max_tokens = USUAL_MAX_TOKENS, extra_body } = settings;
  const pictures = picturesOf(event).map(({ url }) => ({
    type: 'image',
    source: sourceOf(inlined.get(url) ?? url),
  }));
  const words = wordsOfTurn(event);
  const earlier = earlierTurns(event).map(({ by, text }) => ({ role: by, content: text }));
  // The first message must be the user's.
  const from = earlier.findIndex(({ role }) => role === 'user');
  return {
    model,
    max_tokens,
    ...(system_prompt && { system: fillWords(system_prompt, event) }),
    messages: [
      ...(from === -1 ? [] : earlier.slice(from)),
      {
        role: 'user',
        content: pictures.length > 0 ? [...pictures, { type: 'text', text: words }] : words,
      },
    ],
    ...extra_body,
  };
}

function sourceOf(url: string) {
  const [, media_type, data] = url.match(/^data:([^;]+);base64,(.*)$/s) ?? [];
  return data === undefined ? { type: 'url', url } : { type: 'base64', media_type, data };
}

function readMessage(json: unknown) {
  const parts = isFields(json) && Array.isArray(json.content) ? json.content.filter(isFields) : [];
  const text = parts
    .filter(({ type }) => type === 'text')
    .map(({ text }) => text)
    .filter((text) => typeof text === 'string')
    .join('');
  if (text.trim()) return readWords(text);
  return parts.some(({ type }) => type === 'tool_use')
    ? silence('The model called tools and said nothing: the channel runs none.')
    : silence('The message has no text.');
}
