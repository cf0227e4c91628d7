// OpenAI's Chat Completions, and every server that speaks them. docs/agents/openai-chat.md has the facts.
import { isFields } from '../../kernel/is-fields.ts';
import { fillWords } from './fill-template.ts';
import { bearer, jsonOf, under } from './hear.ts';
import { earlierTurns } from './history.ts';
import type { Kind, KindTurn } from './kind.ts';
import { modelCheck } from './model-check.ts';
import { picturesOf } from './pictures.ts';
import { readWords, silence } from './read-words.ts';
import { wordsOfTurn } from './words-of-turn.ts';

export const openaiChat: Kind = {
  seesPictures: true,
  *converse(turn) {
    const heard = yield {
      method: 'POST',
      url: under(turn.url ?? '', '/chat/completions'),
      headers: bearer(turn.apiKey),
      body: bodyOf(turn),
    };
    const read = jsonOf(heard);
    if ('reply' in read) return read;
    return { reply: readCompletion(read.json) };
  },
  check: ({ url, apiKey, settings }) =>
    modelCheck(under(url ?? '', '/models'), bearer(apiKey), settings.model ?? ''),
};

function bodyOf({ event, settings, inlined }: KindTurn): Record<string, unknown> {
  const { model, system_prompt, max_tokens, max_completion_tokens, extra_body } = settings;
  const words = wordsOfTurn(event);
  const pictures = picturesOf(event).map(({ url }) => ({
    type: 'image_url',
    image_url: { url: inlined.get(url) ?? url },
  }));
  return {
    model,
    messages: [
      ...(system_prompt ? [{ role: 'system', content: fillWords(system_prompt, event) }] : []),
      ...earlierTurns(event).map(({ by, text }) => ({ role: by, content: text })),
      {
        role: 'user',
        content: pictures.length > 0 ? [{ type: 'text', text: words }, ...pictures] : words,
      },
    ],
    ...(max_tokens !== undefined && { max_tokens }),
    ...(max_completion_tokens !== undefined && { max_completion_tokens }),
    ...extra_body,
  };
}

function readCompletion(json: unknown) {
  const [choice] = isFields(json) && Array.isArray(json.choices) ? json.choices : [];
  const { content, refusal, tool_calls } = Object(Object(choice).message);
  const text = textIn(content) || textIn(refusal);
  if (text) return readWords(text);
  if (Array.isArray(tool_calls) && tool_calls.length > 0) {
    return silence('The model called tools and said nothing: the channel runs none.');
  }
  return silence('The completion has no content.');
}

/** Some servers answer with parts, as they are asked. */
function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => Object(part).text)
    .filter((text) => typeof text === 'string')
    .join('');
}
