// The marks in a channel's row that say how its calls go: PROTOCOLS 22. They are no edit of the channel:
// its version stays, and a deleted or unknown channel gets none.

import type { FarSide } from '../../contract/call-marks.ts';
import type { Channel } from '../../contract/channel.ts';
import { FAILURES_TO_OPEN, SINGLE_CALL_INTERVAL_MS } from '../../rules/channel/call-passage.ts';
import { channelKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

const IS_THERE = 'attribute_exists(#pk) AND attribute_not_exists(#deleted_at)';

/** PROTOCOLS 22.2: a call took too long, so calls of this channel take a slot first until then. */
export async function markSlow(
  table: Table,
  channelId: string,
  side: FarSide,
  until: number,
): Promise<void> {
  await updateItem(table, channelKey(channelId), {
    update: `SET #${side}_slow_until = :until`,
    condition: IS_THERE,
    values: { ':until': until },
  });
}

/**
 * PROTOCOLS 22.5: one more call in a row has failed. Returns how many that are; the write that reaches
 * `FAILURES_TO_OPEN` is followed by one that lets a single call through at a time from now on.
 */
export async function countFailedCall(
  table: Table,
  channelId: string,
  side: FarSide,
  now: number,
): Promise<number> {
  const row = await updateItem<Channel>(table, channelKey(channelId), {
    update: `ADD #${side}_failures :one SET #${side}_failing_since = if_not_exists(#${side}_failing_since, :now)`,
    condition: IS_THERE,
    values: { ':one': 1, ':now': now },
  });
  const failures = row?.[`${side}_failures`] ?? 0;
  if (row && failures >= FAILURES_TO_OPEN && row[`${side}_single_call_at`] === undefined) {
    await updateItem(table, channelKey(channelId), {
      update: `SET #${side}_single_call_at = :at`,
      condition: `#${side}_failures >= :open AND attribute_not_exists(#${side}_single_call_at)`,
      values: { ':at': now + SINGLE_CALL_INTERVAL_MS, ':open': FAILURES_TO_OPEN },
    });
  }
  return failures;
}

/** PROTOCOLS 22.5: a call was answered, so the next ones go as usual. */
export async function forgetFailedCalls(
  table: Table,
  channelId: string,
  side: FarSide,
): Promise<void> {
  await updateItem(table, channelKey(channelId), {
    update: `REMOVE #${side}_failures, #${side}_failing_since, #${side}_single_call_at`,
    condition: `attribute_exists(#${side}_failures)`,
  });
}

/**
 * PROTOCOLS 22.1: this function makes the single call whose time has come (`seen`). False: another has
 * claimed it already.
 */
export async function claimSingleCall(
  table: Table,
  channelId: string,
  side: FarSide,
  { seen, now }: { seen: number; now: number },
): Promise<boolean> {
  const claimed = await updateItem(table, channelKey(channelId), {
    update: `SET #${side}_single_call_at = :next`,
    condition: `#${side}_single_call_at = :seen`,
    values: { ':seen': seen, ':next': now + SINGLE_CALL_INTERVAL_MS },
  });
  return claimed !== null;
}
