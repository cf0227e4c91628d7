import type { SQSRecord } from 'aws-lambda';
import { log } from '../../shared/kernel/log.ts';
import { countStart, forgetStarts } from '../../shared/store/failing-jobs.ts';
import type { Source } from './source.ts';

/** From this receive on a job may be one that kills its function; it may as well only have waited. */
const SUSPECT_FROM = 20;
/** So many beginnings in a row without an end are deaths. */
const MOST_STARTS = 5;

/** Whether a job has been received so often that its beginnings and ends are written down. */
export const isSuspect = ({ attributes }: SQSRecord): boolean =>
  Number(attributes.ApproximateReceiveCount) >= SUSPECT_FROM;

/**
 * PROTOCOLS 24.2 and 24.4. Null: the job is no suspect. `abandoned`: the function died at it each time.
 * Else it may begin, and `end` says that the function has survived it.
 */
export async function startSuspect(
  { name: queue, table, now }: Source,
  record: SQSRecord,
): Promise<null | 'abandoned' | { end: () => Promise<void> }> {
  if (!isSuspect(record)) return null;
  const job = { queue, messageId: record.messageId };
  if ((await countStart(table, job, now())) > MOST_STARTS) return 'abandoned';
  return {
    end: () =>
      forgetStarts(table, job).catch((error: unknown) =>
        log.warn('start-not-taken-back', { error: String(error) }),
      ),
  };
}
