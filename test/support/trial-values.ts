/** What a trial's data may hold in the place of a value: known only when it is played. */
export interface TrialWorld {
  /** The id of the n-th message the provider has accepted. */
  sent(index: number): string;
  /** The address of a server that hands out files. */
  files: string;
  /** Marks this trial's own message ids. */
  mark: string;
}

type Fields = Record<string, unknown>;

let drawn = 0;

/** The data with every `$…` in it replaced. */
export function filledIn(value: unknown, world: TrialWorld): unknown {
  if (typeof value === 'string') return filledWord(value, world);
  if (Array.isArray(value)) return value.map((inner) => filledIn(inner, world));
  if (typeof value !== 'object' || value === null) return value;
  const { $repeat: repeat, $concat: concat } = value as { $repeat?: unknown; $concat?: unknown };
  if (Array.isArray(repeat)) return String(repeat[0]).repeat(Number(repeat[1]));
  if (Array.isArray(concat)) return concat.map((piece) => filledIn(piece, world)).join('');
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, filledIn(inner, world)]),
  );
}

function filledWord(word: string, world: TrialWorld): string {
  const now = /^\$now([+-]\d+)?$/.exec(word);
  if (now) return String(Math.floor(Date.now() / 1000) + Number(now[1] ?? 0));
  const sent = /^\$sent:(\d+)$/.exec(word)?.[1];
  if (sent !== undefined) return world.sent(Number(sent));
  const named = /^\$id(?::(\w+))?$/.exec(word);
  if (named) {
    drawn += 1;
    return `wamid.${world.mark}.${named[1] ?? drawn}`;
  }
  return word.replace('$files', world.files);
}

/** What stands at a path like `sends.0.image.link`; `-1` is the last of a list. */
const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner.at(Number(key));
    return typeof inner === 'object' && inner !== null ? (inner as Fields)[key] : undefined;
  }, value);

/** A right value of a trial: where it is found, and what it has to be. */
export interface Expectation {
  path: string;
  equals?: unknown;
  length?: number;
  is?: 'present' | 'absent';
  contains?: string;
  lacks?: string;
  matches?: string;
}

/** What a trial did otherwise than expected, in sentences; none: all is right. */
export function faultOf(seen: unknown, wanted: Expectation): string[] {
  const found = valueAt(seen, wanted.path);
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? '');
  const { path, equals, length, is, contains, lacks, matches } = wanted;
  const isRight = [
    equals === undefined || JSON.stringify(found) === JSON.stringify(equals),
    length === undefined || (Array.isArray(found) && found.length === length),
    is !== 'present' || (found !== undefined && found !== null),
    is !== 'absent' || found === undefined,
    contains === undefined || text.includes(contains),
    lacks === undefined || !text.includes(lacks),
    matches === undefined || new RegExp(matches).test(text),
  ].every((holds) => holds);
  const { path: _, ...rule } = wanted;
  return isRight ? [] : [`${path} is ${text || 'missing'}, not ${JSON.stringify(rule)}`];
}
