import { agentFieldsSchema } from '../../shared/contract/agent-input.ts';
import { channelAnswerSchema, channelViewSchema } from '../../shared/contract/channel-answer.ts';
import { channelFieldsSchema } from '../../shared/contract/channel-input.ts';
import { fallbackTemplateSchema } from '../../shared/contract/channel-options.ts';
import { optionsInputSchema } from '../../shared/contract/options-input.ts';
import { transcriptionInputSchema } from '../../shared/contract/transcription-input.ts';
import type { Finding } from '../../shared/kernel/failure.ts';
import { isFields } from '../../shared/kernel/is-fields.ts';
import { nearest } from '../../shared/kernel/nearest.ts';
import { unknownNames, whatThereIs } from '../../shared/kernel/unknown-names.ts';

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
export const SHOWN = new Set(
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
    const mine = Object.keys(fields).filter((name) => !(at === '' && SHOWN.has(name)));
    return unknownNames(mine, names, what, (name) => endingFor(name, at, names)).map(
      ({ path, detail }) => ({ path: [at, path].filter(Boolean).join('.'), detail }),
    );
  });
}

/** The nearest name of the same place, else the same name in a place that is near, with its path. */
function endingFor(name: string, at: string, names: string[]): string {
  if (at === '' && name === 'channel') return ': send what stands in it';
  const elsewhere = PLACES.find(
    (place) => place.at !== at && isNear(place.at, at) && place.names.includes(name),
  );
  const meant = nearest(name, names) ?? (elsewhere ? `${elsewhere.at}.${name}` : null);
  return whatThereIs(meant, names);
}

/** An operator forgets one level, or takes one of two neighbours for the other. */
const isNear = (there: string, here: string): boolean =>
  there !== '' && depthOf(there) - depthOf(here) <= 1;
const depthOf = (at: string): number => at.split('.').filter(Boolean).length;

const inside = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isFields(inner) ? inner[name] : null), value);
