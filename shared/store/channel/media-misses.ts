// What went wrong lately when files of a channel were fetched: PROTOCOLS 23. Only the media function
// writes it, and only when a file could not be had.
import type { MediaMisses, MissedFile } from '../../rules/media/media-breaker.ts';
import { expiry, mediaMissesKey } from '../keys.ts';
import { getItem, type Table, updateItem } from '../table.ts';

/** The attributes whose names hold a period or a media id. */
const ERRORS = 'errors_';
const FILE = 'file_';

type Item = Record<string, unknown>;

/** What is remembered; of a channel whose files could all be had, nothing. */
export async function findMediaMisses(table: Table, channelId: string): Promise<MediaMisses> {
  return missesIn((await getItem<Item>(table, mediaMissesKey(channelId))) ?? {});
}

export interface Miss {
  /** The period in which the error answers are counted, and how many there were. */
  period: number;
  errors: number;
  /** Of a fault that is not the file's alone there is nothing to remember about the file. */
  file: ({ id: string } & MissedFile) | null;
  /** Epoch milliseconds; null: the provider has not asked us to wait. */
  blockedUntil: number | null;
  outlived: { periods: number[]; files: string[] };
}

/** PROTOCOLS 23.3: one write, without a condition. Returns what is remembered now. `now` in ms. */
export async function noteMediaMiss(
  table: Table,
  channelId: string,
  { period, errors, file, blockedUntil, outlived }: Miss,
  now: number,
): Promise<MediaMisses> {
  const gone = [
    ...outlived.periods.filter((old) => old !== period).map((old) => `${ERRORS}${old}`),
    ...outlived.files.filter((id) => id !== file?.id).map((id) => `${FILE}${id}`),
  ];
  const names = Object.fromEntries(gone.map((name, at) => [`#gone${at}`, name]));
  const sets = [
    '#expires_at = :expires_at',
    ...(file ? ['#file = :file'] : []),
    ...(blockedUntil !== null ? ['#blocked_until = :blocked_until'] : []),
  ];
  const removes = Object.keys(names);
  const item = await updateItem<Item>(table, mediaMissesKey(channelId), {
    update: [
      `SET ${sets.join(', ')}`,
      ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
      'ADD #period :errors',
    ].join(' '),
    names: { ...names, '#period': `${ERRORS}${period}`, ...(file && { '#file': FILE + file.id }) },
    values: {
      ':expires_at': expiry(now, 1).expires_at,
      ':errors': errors,
      ...(file && { ':file': { code: file.code, until: file.until } }),
      ...(blockedUntil !== null && { ':blocked_until': blockedUntil }),
    },
  });
  return missesIn(item ?? {});
}

const missesIn = (item: Item): MediaMisses => ({
  errors: named<number>(item, ERRORS),
  files: named<MissedFile>(item, FILE),
  blockedUntil: Number(item.blocked_until ?? 0),
});

const named = <T>(item: Item, prefix: string): Record<string, T> =>
  Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value as T]] : [],
    ),
  );
