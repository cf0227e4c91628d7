import { type CallGate, openCallGates } from '../../functions/chain/call-gate.ts';
import type { Receipt } from '../../functions/chain/receipt.ts';
import type { Table } from '../../shared/store/table.ts';

/** The gate of a job that comes for the first time, in a function of five slots. */
export const firstJobsGate = (table: Table, now: () => number): CallGate =>
  openCallGates({ table, pool: 'test', slots: 5, now, chance: () => 0 })({
    receives: 1,
    sentAt: now(),
    firstReceivedAt: now(),
  });

/** What SQS says of a job that comes for the first time. */
export const A_RECEIPT: Receipt = { receives: 1, sentAt: 0, firstReceivedAt: 0 };
