import type { FailedCall } from './failed-call.ts';

/** Whether a number can send, and which part of it cannot (docs/360dialog.md#health). */
export type NumberHealth =
  | { kind: 'healthy' }
  /** LIMITED or BLOCKED, with what the provider says of each part that is. */
  | { kind: 'impaired'; state: string; causes: { part: string; cure: string | null }[] }
  /** This host has no such call, or answers something else. */
  | { kind: 'unknown' }
  | FailedCall;
