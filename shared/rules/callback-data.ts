/**
 * What we attach to a message as `biz_opaque_callback_data` (≤ 512 bytes, echoed in its statuses,
 * API reference §2.4): which part of which reply it is.
 */
export const callbackData = (replyId: string, part: number): string => `${replyId};${part}`;

/** Reads it back; null when it is not ours. */
export function readCallbackData(value: string | null): { replyId: string; part: number } | null {
  const found = /^(rep_[0-9a-f]{32});(\d{1,4})$/.exec(value ?? '');
  return found?.[1] ? { replyId: found[1], part: Number(found[2]) } : null;
}
