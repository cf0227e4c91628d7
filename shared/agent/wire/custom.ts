// Any webhook: its request by example, its answer by pointer. docs/agents/custom.md has settings for some.
import { isFields } from '../../kernel/is-fields.ts';
import { readAgentAnswer } from './answer.ts';
import { fillTemplate, replaceNames, valueAt } from './fill-template.ts';
import { bearer, jsonOf } from './hear.ts';
import { valuesAt } from './json-pointer.ts';
import type { Kind, KindTurn } from './kind.ts';
import { readWords, silence } from './read-words.ts';

export const custom: Kind = {
  *converse(turn) {
    const { settings, apiKey } = turn;
    const heard = yield {
      method: 'POST',
      url: addressFor(turn),
      headers: bearer(apiKey),
      body: fillTemplate(settings.request, withSession(turn)),
    };
    const read = jsonOf(heard);
    if ('reply' in read) return read;
    const [kept] = settings.session ? valuesAt(read.json, settings.session) : [];
    const isKept = typeof kept === 'string' || typeof kept === 'number';
    return {
      reply: readFound(valuesAt(read.json, settings.answer ?? ''), settings.answer ?? ''),
      ...(isKept && kept !== turn.session && { session: kept }),
    };
  },
  check: () => null,
};

/** `{{event.session}}` is what the last answer said that is to be kept. */
const withSession = ({ event, session }: KindTurn) => ({ ...event, session });

/** Names may stand in the address, too: what they stand for is written so that it stays one part of it. */
const addressFor = (turn: KindTurn): string =>
  replaceNames(turn.url ?? '', (path) =>
    encodeURIComponent(String(valueAt(withSession(turn), path) ?? '')),
  );

function readFound(found: unknown[], pointer: string) {
  const [first] = found;
  if (isFields(first) && Array.isArray(first.replies)) return readAgentAnswer(first);
  const texts = found
    .flat()
    .filter((text) => typeof text === 'string' || typeof text === 'number')
    .map(String);
  return texts.length === 0
    ? silence(`The answer has no text at ${pointer}.`)
    : readWords(...texts);
}
