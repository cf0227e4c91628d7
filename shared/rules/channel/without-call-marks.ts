import type { CallMarks } from '../../contract/call-marks.ts';

/** A row without what it says of earlier calls: an edit may have mended what failed. */
export function withoutCallMarks<Row extends CallMarks>({
  agent_slow_until: _a,
  agent_failures: _b,
  agent_failing_since: _c,
  agent_single_call_at: _d,
  provider_slow_until: _e,
  provider_failures: _f,
  provider_failing_since: _g,
  provider_single_call_at: _h,
  transcriber_slow_until: _i,
  transcriber_failures: _j,
  transcriber_failing_since: _k,
  transcriber_single_call_at: _l,
  ...row
}: Row): Omit<Row, keyof CallMarks> {
  return row;
}
