// Any webhook: its request by example, its answer by pointer. docs/agents/custom.md has settings for some.
import { isFields } from '../../kernel/is-fields.ts';
import { readAgentAnswer } from './answer.ts';
import { fillTemplate, replaceNames, valueAt } from './fill-template.ts';
import { bearer, jsonOf } from './hear.ts';
import { valuesAt } from './json-pointer.ts';
import type { Heard, Kind, KindEnd, KindRequest, KindTurn } from './kind.ts';
import { readWords, silence } from './read-words.ts';

export const custom: Kind = {
  *converse(turn) {
    const heard = yield request(turn);
    // What was kept means nothing to it any more: it begins anew, once.
    const isForgotten = turn.session !== null && (heard.status === 404 || heard.status === 410);
    if (!isForgotten) return endOf(heard, turn);
    const anew = { ...turn, session: null };
    return { session: null, ...endOf(yield request(anew), anew) };
  },
  check: () => null,
};

const request = (turn: KindTurn): KindRequest => ({
  method: 'POST',
  url: addressFor(turn),
  headers: bearer(turn.apiKey),
  body: fillTemplate(turn.settings.request, withSession(turn)),
});

function endOf(heard: Heard, { settings, session }: KindTurn): KindEnd {
  const read = jsonOf(heard);
  if ('reply' in read) return read;
  const [kept] = settings.session ? valuesAt(read.json, settings.session) : [];
  const isKept = typeof kept === 'string' || typeof kept === 'number';
  return {
    reply: readFound(valuesAt(read.json, settings.answer ?? ''), settings.answer ?? ''),
    ...(isKept && kept !== session && { session: kept }),
  };
}

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
