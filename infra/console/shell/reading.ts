import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Problem, Refused } from '../api/call.ts';

export interface Reading<T> {
  /** What was read last; null: nothing yet. */
  found: Signal<T | null>;
  /** Why the last reading did not succeed. */
  problem: Signal<Problem | null>;
  /** Reads again. Until it is there, what was read before stays in sight. */
  look(): Promise<void>;
  /** What is known from elsewhere: what is being read meanwhile is older, and dropped. */
  put(known: T): void;
}

/** Reads what a page shows, and anew whenever one of `of` changes. Only the newest reading counts. */
export function useReading<T>(read: () => Promise<T>, of: unknown[]): Reading<T> {
  const found = useSignal<T | null>(null);
  const problem = useSignal<Problem | null>(null);
  const round = useRef(0);
  const newest = useRef(read);
  newest.current = read;
  const look = async () => {
    round.current += 1;
    const mine = round.current;
    const isNewest = () => round.current === mine;
    try {
      const answer = await newest.current();
      if (!isNewest()) return;
      found.value = answer;
      problem.value = null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (isNewest()) problem.value = error.problem;
    }
  };
  const put = (known: T) => {
    round.current += 1;
    found.value = known;
    problem.value = null;
  };
  useEffect(() => {
    found.value = null;
    problem.value = null;
    void look();
    return () => {
      round.current += 1; // the page is closed, or shows something else
    };
  }, of);
  return { found, problem, look, put };
}
