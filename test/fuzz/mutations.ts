import fc from 'fast-check';

/** One way to spoil a body: what to do, where (any number points somewhere), and with what. */
interface Mutation {
  how: keyof typeof MUTATORS;
  where: number;
  what: number;
}

interface Place {
  owner: Record<string, unknown> | unknown[];
  key: string | number;
}

const HOSTILE = [
  '',
  ' ',
  '0',
  '\u0000',
  '\uFFFF\uD800',
  '🙂'.repeat(3000),
  'a\r\nb: c',
  '<script>alert(1)</script>',
  '{"$gt": ""}',
  "'; drop table chats; --",
  '../../../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'changed from '.repeat(3000),
  '9'.repeat(400),
  '1e309',
  '-1',
  'NaN',
  'DE.',
  'text',
  'x'.repeat(70_000),
];
const RETYPED = [null, true, 0, -1, 1e308, 1.5, [], {}, [[]], [null], 'x', '', [{}], { id: {} }];
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toJSON'];
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

function deep(levels: number, object: boolean): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = object ? { a: value } : [value];
  return value;
}

/** Sets an own property even where its name is `__proto__`, as `JSON.parse` does. */
const put = ({ owner, key }: Place, value: unknown) =>
  Object.defineProperty(owner, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
const get = ({ owner, key }: Place): unknown => (owner as Record<string | number, unknown>)[key];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MUTATORS = {
  drop({ owner, key }: Place) {
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else delete owner[key];
  },
  retype: (place: Place, what: number) => put(place, structuredClone(pick(RETYPED, what))),
  nest: (place: Place, what: number) =>
    put(place, pick([[get(place)], { [place.key]: get(place) }, [[get(place)], get(place)]], what)),
  repeat(place: Place, what: number) {
    const { owner, key } = place;
    const copies = pick([1, 2, 30, 300], what);
    if (!Array.isArray(owner)) return MUTATORS.nest(place, 0);
    owner.splice(Number(key), 0, ...Array.from({ length: copies }, () => get({ owner, key })));
  },
  truncate(place: Place, what: number) {
    const value = get(place);
    if (typeof value === 'string') put(place, value.slice(0, what % (value.length + 1)));
    else if (Array.isArray(value)) put(place, value.slice(0, what % (value.length + 1)));
    else if (isObject(value)) put(place, firstOf(value, what));
  },
  hostile: (place: Place, what: number) => put(place, pick(HOSTILE, what)),
  /** What stands elsewhere. Words and numbers only: a whole branch could come to hold itself. */
  swap(place: Place, what: number, places: Place[]) {
    const other = get(pick(places, what));
    if (typeof other !== 'object') put(place, other);
  },
  prototype(place: Place, what: number) {
    const owner = [get(place), place.owner].find(isObject);
    const value = pick([{ polluted: true }, 'x', null], what);
    if (owner) put({ owner, key: pick(PROTOTYPE_KEYS, what) }, value);
  },
  deepen: (place: Place, what: number) =>
    put(place, deep(pick([30, 300, 12_000], what), what % 2 === 0)),
};

const firstOf = (value: object, count: number) =>
  Object.fromEntries(Object.entries(value).slice(0, count % 4));

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom(...(Object.keys(MUTATORS) as Mutation['how'][])),
  where: fc.nat(),
  what: fc.nat(),
});

/** Enough to look into; what was repeated or deepened before is not repeated a thousandfold. */
const MOST_PLACES = 3000;

/** The body after all of them, one after the other; the original stays as it is. */
export function mutate(body: object, mutations: Mutation[]): Record<string, unknown> {
  const mutated = structuredClone(body) as Record<string, unknown>;
  for (const { how, where, what } of mutations) {
    const places = placesIn(mutated);
    if (places.length === 0 || places.length >= MOST_PLACES) break;
    MUTATORS[how](pick(places, where), what, places);
  }
  return mutated;
}

function placesIn(root: object): Place[] {
  const places: Place[] = [];
  const open: object[] = [root];
  for (const owner of open) {
    for (const key of Object.keys(owner)) {
      const place = { owner, key } as Place;
      places.push(place);
      const value = get(place);
      if (value && typeof value === 'object') open.push(value);
      if (places.length >= MOST_PLACES) return places;
    }
  }
  return places;
}

/** About how many characters the body has as JSON; stops counting at `enough`. No recursion: see `deepen`. */
export function weightOf(body: object, enough: number): number {
  let weight = 0;
  const open: unknown[] = [body];
  while (open.length > 0 && weight < enough) {
    const value = open.pop();
    weight += typeof value === 'string' ? value.length + 2 : 2;
    if (Array.isArray(value)) {
      weight += value.length * 5;
      for (const item of value) open.push(item);
    } else if (isObject(value)) {
      for (const key in value) {
        weight += key.length + 3;
        open.push(value[key]);
      }
    }
  }
  return weight;
}
