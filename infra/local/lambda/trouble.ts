/**
 * What is to go wrong in one call of a function: with its first request to the agent, or with the function itself, once
 * its first request to the agent or to 360dialog is answered (`kill`).
 */
export type Trouble = 'slow' | 'down' | 'nonsense' | 'kill';

/** A trouble that is lent to one call. */
export interface Lease {
  trouble: Trouble;
  /** To be called where the function made no such request. */
  giveBack(): void;
}
