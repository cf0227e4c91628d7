import { type Signal, useSignal } from '@preact/signals';
import { type Problem, Refused } from '../api/call.ts';
import { goingFromHere, type goTo } from './router.ts';

export interface Asking {
  /** What is being asked for; null: nothing. */
  busy: Signal<string | null>;
  problem: Signal<Problem | null>;
  /**
   * Asks, unless something is being asked already. A refusal goes to `onRefusal`, else it is shown. `go` leads
   * to another page, unless the person has gone to one meanwhile.
   */
  ask: (
    what: string,
    work: (go: typeof goTo) => Promise<void>,
    onRefusal?: (problem: Problem) => boolean,
  ) => Promise<void>;
}

/** One question to an endpoint at a time, and its refusal for the page to show. */
export function useAsking(): Asking {
  const busy = useSignal<string | null>(null);
  const problem = useSignal<Problem | null>(null);
  const ask: Asking['ask'] = async (what, work, onRefusal) => {
    if (busy.peek() !== null) return;
    busy.value = what;
    problem.value = null;
    try {
      await work(goingFromHere());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!onRefusal?.(error.problem)) problem.value = error.problem;
    } finally {
      busy.value = null;
    }
  };
  return { busy, problem, ask };
}
