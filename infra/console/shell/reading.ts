import { batch, type Signal, signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Problem, Refused } from '../api/call.ts';
import { useLookAgain } from './look-again.ts';

export interface Reading<T> {
  /** What was read last; null: nothing yet. */
  found: Signal<T | null>;
  /** Why the last reading did not succeed. */
  problem: Signal<Problem | null>;
  /** Reads again. Until it is there, what was read before stays in sight. */
  look(): Promise<void>;
  /**
   * Reads again what could not be read. A next page that was refused is left to the person: a new reading would
   * drop the pages that are there.
   */
  lookAgain(): Promise<void>;
  /** Reads what goes on from what is there. It is dropped when something newer is there by then. */
  goOn(more: (before: T) => Promise<T>): Promise<void>;
  isGoingOn: Signal<boolean>;
  /** What is known from elsewhere: what is being read meanwhile is older, and dropped. */
  put(known: T): void;
  /** Something else is meant from now on: nothing of what was read stays, or still comes. */
  forget(): void;
}

/** Reads what is shown. Answers may overtake each other: an older one never covers a newer one. */
export function readingOf<T>(read: () => Promise<T>): Reading<T> {
  const found = signal<T | null>(null);
  const problem = signal<Problem | null>(null);
  const isGoingOn = signal(false);
  let asked = 0;
  let shown = 0;
  let isUnread = false;
  const show = (answer: T | null, why: Problem | null) =>
    batch(() => {
      found.value = answer;
      problem.value = why;
      if (why === null) isUnread = false;
    });
  /** Shows what `work` comes to, if that `counts` once it is there. Resolves to whether it was refused. */
  const showWhen = async (counts: () => boolean, work: Promise<T>): Promise<boolean> => {
    try {
      const answer = await work;
      if (counts()) show(answer, null);
      return false;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!counts()) return false;
      show(found.peek(), error.problem);
      return true;
    }
  };
  const put = (known: T | null) => {
    shown = asked;
    show(known, null);
  };
  const look = async () => {
    asked += 1;
    const mine = asked;
    const isNewer = () => {
      if (mine <= shown) return false;
      shown = mine;
      return true;
    };
    if (await showWhen(isNewer, read())) isUnread = true;
  };
  const lookAgain = async () => {
    if (isUnread && !isGoingOn.peek()) await look();
  };
  const goOn = async (more: (before: T) => Promise<T>) => {
    const before = found.peek();
    if (before === null) return;
    const isNewest = () => {
      if (found.peek() !== before) return false;
      shown = asked;
      return true;
    };
    isGoingOn.value = true;
    await showWhen(isNewest, more(before)).finally(() => {
      isGoingOn.value = false;
    });
  };
  return { found, problem, look, lookAgain, goOn, isGoingOn, put, forget: () => put(null) };
}

/** Reads what a page shows: anew whenever one of `of` changes, and again while it could not be read. */
export function useReading<T>(read: () => Promise<T>, of: unknown[] = []): Reading<T> {
  const newest = useRef(read);
  newest.current = read;
  const kept = useRef<Reading<T> | null>(null);
  kept.current ??= readingOf(() => newest.current());
  const reading = kept.current;
  useLayoutEffect(() => {
    void reading.look();
    return reading.forget; // the page is closed, or shows something else
  }, of);
  useLookAgain(() => void reading.lookAgain());
  return reading;
}
