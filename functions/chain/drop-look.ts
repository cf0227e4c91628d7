import { log } from '../../shared/kernel/log.ts';
import { forgetDue } from '../../shared/store/due.ts';
import type { Table } from '../../shared/store/table.ts';

/**
 * PROTOCOLS 20.4: what a scheduled job was to look at is decided, so the job is removed. Where that fails it
 * stays, and finds nothing to do when its time comes.
 */
export async function dropLook(table: Table, look: { id: string; at?: number }): Promise<void> {
  await forgetDue(table, look).catch((error: unknown) =>
    log.warn('look-not-removed', { error: String(error) }),
  );
}
