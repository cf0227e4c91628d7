import type { DeadLetter } from '../contract/dead-letter.ts';
import { DEAD_LETTER_DAYS, deadLetterKey, expiry } from './keys.ts';
import { deleteItem, putItem, type Table } from './table.ts';

/** PROTOCOLS 6.1: keeps a job that was given up. Writing it twice leaves one letter. `now` in ms. */
export async function writeDeadLetter(
  table: Table,
  letter: DeadLetter,
  now: number,
): Promise<void> {
  await putItem(table, {
    ...deadLetterKey(letter.channel_id, letter.at, letter.id),
    ...letter,
    // As JSON: a job may hold numbers and depths that DynamoDB refuses, and no other copy of it is kept.
    job: JSON.stringify(letter.job),
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
