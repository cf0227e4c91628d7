import type { CallMarks } from '../../contract/call-marks.ts';

/** A row without what it says of earlier calls: an edit may have mended what failed. */
export function withoutCallMarks<Row extends CallMarks>({
  agent_slow_until: _a,
  agent_failures: _b,
  agent_single_call_at: _c,
  provider_slow_until: _d,
  provider_failures: _e,
  provider_single_call_at: _f,
  ...row
}: Row): Omit<Row, keyof CallMarks> {
  return row;
}
