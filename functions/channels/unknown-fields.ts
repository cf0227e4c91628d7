import { agentFieldsSchema } from '../../shared/contract/agent-input.ts';
import { channelAnswerSchema, channelViewSchema } from '../../shared/contract/channel-answer.ts';
import { channelFieldsSchema } from '../../shared/contract/channel-input.ts';
import { fallbackTemplateSchema } from '../../shared/contract/channel-options.ts';
import { optionsInputSchema } from '../../shared/contract/options-input.ts';
import { transcriptionInputSchema } from '../../shared/contract/transcription-input.ts';
import type { Finding } from '../../shared/kernel/failure.ts';
import { nearest } from '../../shared/kernel/nearest.ts';

type Fields = Record<string, unknown>;

const namesOf = ({ shape }: { shape: object }): string[] => Object.keys(shape);

/** An object in what an operator sends: where it stands, and the names of its members. */
const PLACES = [
  { at: '', what: 'a field of a channel', names: namesOf(channelFieldsSchema) },
  { at: 'agent', what: 'a field of the agent', names: namesOf(agentFieldsSchema) },
  { at: 'options', what: 'an option', names: namesOf(optionsInputSchema) },
  {
    at: 'options.fallback_template',
    what: 'a field of a template',
    names: namesOf(fallbackTemplateSchema),
  },
  {
    at: 'options.transcription',
    what: 'a field of the transcriber',
    names: namesOf(transcriptionInputSchema),
  },
];

/** Members of our own answers: a channel may be sent back as it was shown. */
const SHOWN = new Set(
  [...namesOf(channelViewSchema), ...namesOf(channelAnswerSchema)].filter(
    (name) => name !== 'channel', // with nothing but this the request would change nothing
  ),
);

/**
 * What an operator wrote down that no channel has, with the name that was meant: a slip would otherwise
 * be ignored in silence.
 */
export function unknownFields(written: unknown): Finding[] {
  return PLACES.flatMap(({ at, what, names }) => {
    const fields = at === '' ? written : inside(written, at);
    if (!isFields(fields)) return [];
    return Object.keys(fields)
      .filter((name) => !names.includes(name) && !(at === '' && SHOWN.has(name)))
      .map((name) => ({
        path: [at, name.slice(0, LONGEST_NAME)].filter(Boolean).join('.'),
        detail: `is not ${what}${hintFor(name, at, names)}`,
      }));
  });
}

const LONGEST_NAME = 64;

/** The nearest name of the same place, else one of another place, with its path. */
function hintFor(name: string, at: string, names: string[]): string {
  if (at === '' && name === 'channel') return ': send what stands in it';
  const elsewhere = PLACES.filter((place) => place.at !== at && place.at !== '').find((place) =>
    place.names.includes(name),
  );
  const meant = elsewhere ? `${elsewhere.at}.${name}` : nearest(name, names);
  return meant ? `: did you mean ${meant}?` : `; there are ${names.join(', ')}`;
}

const inside = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isFields(inner) ? inner[name] : null), value);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
