import type { DeadLetter } from '../contract/dead-letter.ts';
import { hashOf } from '../kernel/hash.ts';
import { namesInJob, type PersonName } from '../rules/identity/names-in-job.ts';
import { DEAD_LETTER_DAYS, deadLetterKey, deadLettersOf, expiry, isExpired } from './keys.ts';
import { deleteItem, putItem, queryPartition, type Table } from './table.ts';

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
  { channel_id, at, id }: Pick<DeadLetter, 'channel_id' | 'at' | 'id'>,
): Promise<void> {
  await deleteItem(table, deadLetterKey(channel_id, at, id));
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
  return {
    letters: page.items.filter((letter) => now === null || !isExpired(letter, now)).map(whole),
    after: page.after?.sk ?? null,
  };
}

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

const whole = ({ channel_id, id, queue, code, reason, attempts, job, at }: StoredLetter) => ({
  channel_id,
  id,
  queue,
  code,
  reason,
  attempts,
  job: JSON.parse(job) as unknown,
  at,
});
