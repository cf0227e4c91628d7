import type { DeadLetter } from '../../contract/dead-letter.ts';

type Place = Pick<DeadLetter, 'channel_id' | 'at' | 'id'>;

/** The id by which an operator means a dead letter. It names the letter's place, so that no search is needed. */
export const letterId = ({ channel_id, at, id }: Place): string => `${channel_id}.${at}.${id}`;

/** The place that an id names; null: it is no id of a letter. */
export function readLetterId(text: string): Place | null {
  const found = text.match(/^([\w-]{1,64})\.(\d{1,15})\.([\w-]{1,64})$/);
  if (!found) return null;
  const [, channel_id = '', at, id = ''] = found;
  return { channel_id, at: Number(at), id };
}
