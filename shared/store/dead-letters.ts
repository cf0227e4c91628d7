import type { DeadLetter } from '../contract/dead-letter.ts';
import { hashOf } from '../kernel/hash.ts';
import { namesInJob, type PersonName } from '../rules/identity/names-in-job.ts';
import { DEAD_LETTER_DAYS, deadLetterKey, deadLettersOf, expiry, isExpired } from './keys.ts';
import { deleteItem, getItem, putItem, queryPartition, type Table, updateItem } from './table.ts';

/** PROTOCOLS 6.1: keeps a job that was given up. Writing it twice leaves one letter. `now` in ms. */
export async function writeDeadLetter(
  table: Table,
  letter: DeadLetter,
  now: number,
): Promise<void> {
  const persons = namesInJob(letter.job).map((name) => personHash(letter.channel_id, name));
  await putItem(table, {
    ...deadLetterKey(letter.channel_id, letter.at, letter.id),
    ...letter,
    // As JSON: a job may hold numbers and depths that DynamoDB refuses, and no other copy of it is kept.
    job: JSON.stringify(letter.job),
    // Whom it is about, so that erasing their chat finds it. DynamoDB has no empty set.
    ...(persons.length > 0 && { persons: new Set(persons) }),
    ...expiry(now, DEAD_LETTER_DAYS),
  });
}

/** PROTOCOLS 13.4: removes the letter of an erased chat's turn. Repeating it changes nothing. */
export async function removeDeadLetter(
  table: Table,
  { channel_id, at, id }: LetterPlace,
): Promise<void> {
  await deleteItem(table, deadLetterKey(channel_id, at, id));
}

/** A letter by its key, with its words. Null: there is none, or its time is over. `now` in ms. */
export async function findDeadLetter(
  table: Table,
  { channel_id, at, id }: LetterPlace,
  now: number,
): Promise<DeadLetter | null> {
  const key = deadLetterKey(channel_id, at, id);
  const letter = await getItem<StoredLetter>(table, key, { consistent: true });
  return letter && !isExpired(letter, now) ? whole(letter) : null;
}

/** PROTOCOLS 28.1: marks a letter that is about to be redriven. False: it is gone. */
export async function markRedrive(
  table: Table,
  { channel_id, at, id }: LetterPlace,
  mark: string,
): Promise<boolean> {
  const marked = await updateItem(table, deadLetterKey(channel_id, at, id), {
    update: 'SET #redrive = :mark',
    condition: 'attribute_exists(#pk)',
    values: { ':mark': mark },
  });
  return marked !== null;
}

/** PROTOCOLS 28.4: removes a letter that was redriven, unless it was written anew meanwhile. */
export const removeRedriven = (
  table: Table,
  { channel_id, at, id }: LetterPlace,
  mark: string,
): Promise<boolean> =>
  deleteItem(table, deadLetterKey(channel_id, at, id), {
    condition: '#redrive = :mark',
    values: { ':mark': mark },
  });

/** Removes a letter that an operator wants no more. False: there was none. */
export const dropDeadLetter = (
  table: Table,
  { channel_id, at, id }: LetterPlace,
): Promise<boolean> =>
  deleteItem(table, deadLetterKey(channel_id, at, id), { condition: 'attribute_exists(#pk)' });

/** What the key of a letter is made of. */
export type LetterPlace = Pick<DeadLetter, 'channel_id' | 'at' | 'id'>;

/** A page of a channel's letters, the oldest first; `code`: of those alone. `now` in ms. */
export async function lettersOf(
  table: Table,
  channelId: string,
  { after, code, now }: { after: string | null; code: string | null; now: number },
): Promise<LetterPage> {
  const pk = deadLettersOf(channelId);
  const page = await queryPartition<StoredLetter>(table, pk, {
    ...(after && { after: { pk, sk: after } }),
    ...(code && { filter: '#code = :code', values: { ':code': code } }),
  });
  return pageOf(page, now);
}

/** How many letters a channel has; past `most` they are not counted any more. `now` in ms. */
export async function countLetters(
  table: Table,
  channelId: string,
  { most, now }: { most: number; now: number },
): Promise<{ count: number; more: boolean }> {
  const { items, after } = await queryPartition<{ expires_at?: number }>(
    table,
    deadLettersOf(channelId),
    { limit: most, only: '#expires_at' },
  );
  return { count: items.filter((letter) => !isExpired(letter, now)).length, more: after !== null };
}

/** A page of letters, and where the next one begins; null: this one is the last. */
export interface LetterPage {
  letters: DeadLetter[];
  after: string | null;
}

/**
 * The channel's letters about a person who goes by one of `names`, the oldest first. `now` in ms; null: also
 * those that have expired and that DynamoDB has not removed yet.
 */
export async function lettersAbout(
  table: Table,
  channelId: string,
  names: PersonName[],
  { after, now }: { after?: string | null; now: number | null },
): Promise<LetterPage> {
  const pk = deadLettersOf(channelId);
  const hashes = names.map((name) => personHash(channelId, name));
  const page = await queryPartition<StoredLetter>(table, pk, {
    ...(after && { after: { pk, sk: after } }),
    filter: hashes.map((_, at) => `contains(#persons, :person${at})`).join(' OR '),
    values: Object.fromEntries(hashes.map((hash, at) => [`:person${at}`, hash])),
  });
  return pageOf(page, now);
}

const pageOf = (
  { items, after }: { items: StoredLetter[]; after: { sk: string } | null },
  now: number | null,
): LetterPage => ({
  letters: items.filter((letter) => now === null || !isExpired(letter, now)).map(whole),
  after: after?.sk ?? null,
});

/** PROTOCOLS 13.2a: removes every letter about a person, expired or not. Repeating it changes nothing. */
export async function removeLettersAbout(
  table: Table,
  channelId: string,
  names: PersonName[],
): Promise<void> {
  let after: string | null = null;
  do {
    const page: LetterPage = await lettersAbout(table, channelId, names, { after, now: null });
    await Promise.all(page.letters.map((letter) => removeDeadLetter(table, letter)));
    after = page.after;
  } while (after !== null);
}

/** Not the name itself: a letter says whom it is about without saying who that is. */
const personHash = (channelId: string, name: PersonName): string =>
  hashOf(channelId, 'person', name);

type StoredLetter = Omit<DeadLetter, 'job'> & { job: string; expires_at?: number };

const whole = ({
  channel_id,
  id,
  queue,
  code,
  reason,
  attempts,
  job,
  at,
  redrive,
}: StoredLetter): DeadLetter => ({
  channel_id,
  id,
  queue,
  code,
  reason,
  attempts,
  job: JSON.parse(job) as unknown,
  at,
  ...(redrive !== undefined && { redrive }),
});
