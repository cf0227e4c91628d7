/**
 * A call to the provider that did not do what it was for. `refused`: the provider answered no, with
 * `words` for the operator where it gave any. `unreachable`: no answer, or a 5xx, which says nothing.
 */
export type FailedCall =
  | { kind: 'refused'; status: number; words: string | null }
  | { kind: 'unreachable'; reason: string };
