/** Who a channel's functions call, and wait for; `transcriber`: what makes text of voice notes. */
export type FarSide = 'agent' | 'provider' | 'transcriber';

/**
 * How the calls of a channel to its far sides go lately, in the channel's row, which
 * every function reads anyway (PROTOCOLS 22). A field that is absent says that nothing is wrong. Times
 * are epoch milliseconds. Every edit of the channel takes the marks away.
 */
export interface CallMarks {
  /** Until then each call takes one of the channel's slots first: a call took longer than two seconds. */
  agent_slow_until?: number;
  provider_slow_until?: number;
  transcriber_slow_until?: number;
  /** Timeouts, refused connections and 5xx answers in a row. */
  agent_failures?: number;
  provider_failures?: number;
  transcriber_failures?: number;
  /** Since when: the first of these failures. */
  agent_failing_since?: number;
  provider_failing_since?: number;
  transcriber_failing_since?: number;
  /** When so many calls have failed that only one is let through: the time of that one. */
  agent_single_call_at?: number;
  provider_single_call_at?: number;
  transcriber_single_call_at?: number;
}
