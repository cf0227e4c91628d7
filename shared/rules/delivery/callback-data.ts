import type { Part } from '../../contract/delivery.ts';

/** How often the part was sent again after a late failure. */
export type Round = 0 | NonNullable<Part['round']>;

/** Which part of which reply a message is, and in which round it was sent. */
export interface PartName {
  replyId: string;
  part: number;
  round: Round;
}

/** The round a part is in: 0, which its row leaves out, until it is sent again for the first time. */
export const roundOf = (part: Part | undefined): Round => part?.round ?? 0;

/**
 * Whether a status of this message speaks of the part as it is now: a part that was sent again, or an
 * own id that was used again, has left earlier messages behind.
 */
export const speaksOf = (
  part: Part,
  { messageId, round }: { messageId: string; round: Round },
): boolean =>
  roundOf(part) === round && (part.message_id === null || part.message_id === messageId);

/**
 * What we attach to a message as `biz_opaque_callback_data` (≤ 512 bytes, echoed in its statuses,
 * docs/360dialog.md#statuses).
 */
export const callbackData = ({ replyId, part, round }: PartName, traceId: string): string =>
  `${replyId};${part};${round};${traceId}`;

/** The last field is missing in what an earlier version has sent. */
const OURS = /^(rep_[0-9a-f]{32});(\d{1,4});([012])(?:;(\w{1,64}))?$/;
const TRACE_ID = /^(evt|req)_[0-9a-f]{32}$/;

/** Reads it back; null when it is not ours. */
export function readCallbackData(value: string | null): PartName | null {
  const found = OURS.exec(value ?? '');
  if (!found?.[1]) return null;
  return { replyId: found[1], part: Number(found[2]), round: Number(found[3]) as Round };
}

/** The `traceOf` the reply that a status is about; null where the status does not say. */
export function traceInCallback(value: string | null): string | null {
  const traceId = OURS.exec(value ?? '')?.[4] ?? '';
  return TRACE_ID.test(traceId) ? traceId : null;
}
