import type { Finding } from '../../../../shared/kernel/failure.ts';
import { read } from '../../../../shared/kernel/parse.ts';
import { unknownNames } from '../../../../shared/kernel/unknown-names.ts';
import { jsonIn } from '../../http/json-in.ts';
import type { HttpAsk } from '../../http/serve.ts';
import { type ContentName, contentNames, type Play, playSchema } from './play-schema.ts';
import { readForm } from './read-form.ts';

export type PlayReading =
  | { ok: true; play: Play; name: ContentName }
  | { ok: false; errors: Finding[] };

/** Reads what is to be played: JSON, whatever its content type says, or a form with a file. */
export async function readPlay(ask: HttpAsk): Promise<PlayReading> {
  if (ask.sizeBytes > ask.body.length) return refused('', 'must be at most 10 MB');
  const body = (await readForm(ask)) ?? jsonIn(ask.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refused('', 'must be a JSON object, or a form (curl -F)');
  }
  const unknown = unknownNames(Object.keys(body), NAMES, 'a member of a play');
  if (unknown.length > 0) return { ok: false, errors: unknown };
  const reading = read(playSchema, body);
  if (!reading.ok) return reading;
  const play = reading.value;
  if (play.from === undefined && play.bsuid === undefined) {
    return refused('from', 'must be the visitor’s phone number, or "bsuid" the id of one without');
  }
  if (play.from === undefined && play.payload === 'v1') {
    return refused('from', 'must be a phone number: the old API has no visitors without one');
  }
  const names = contentNames.filter((name) => play[name] !== undefined);
  const [name, second] = names;
  if (!name || second) {
    const found = name ? `${names.join(' and ')} are given` : 'none is given';
    return refused(second ?? '', `must have one of ${contentNames.join(', ')}: ${found}`);
  }
  return { ok: true, play, name };
}

const NAMES = Object.keys(playSchema.shape);

const refused = (path: string, detail: string): PlayReading => ({
  ok: false,
  errors: [{ path, detail }],
});
