import { spanOf } from '../clock/span.ts';
import type { Play } from '../dialog360/play/play-schema.ts';
import type { FaultName } from '../faults/fault.ts';
import type { Step } from './scenario.ts';

/** A step as it was done. */
interface Done {
  step: Step;
  /** Whose phone, where a visitor did it. */
  of: { token: string; person: string } | null;
  at: number;
  /** How many lines the phone had. */
  lines: number;
}

/** What a visitor did first and everything since, as far as it matters to that visitor. */
export interface Recording {
  steps: Step[];
  /** When it began, epoch milliseconds. */
  at: number;
  /** How many lines the phone had then. */
  lines: number;
}

/** So many things are remembered. */
const MOST = 2_000;
/** What belongs to one visitor, or to one moment, and not to what was done. */
const OWN = ['from', 'bsuid', 'name', 'channel', 'token', 'id', 'timestamp'];

/** Remembers what people do, so that it can be done again. */
export class Recorder {
  #done: Done[] = [];
  readonly #isResting: () => boolean;
  readonly #now: () => number;
  /** While a scenario is replayed nothing is remembered. */
  isPaused = false;

  /** `isResting`: nothing is at work and nothing waits. */
  constructor(isResting: () => boolean, now: () => number) {
    this.#isResting = isResting;
    this.#now = now;
  }

  passed(ms: number): void {
    this.#add({ pass: spanOf(ms) });
  }

  switchedOn(fault: FaultName, times: number | null): void {
    this.#add({ fault, times });
  }

  switchedOff(fault: FaultName): void {
    this.#add({ off: fault });
  }

  played(play: Play, of: { token: string; person: string }, lines: number): void {
    const visitor = Object.fromEntries(
      Object.entries(play).filter(
        ([name, value]) => !OWN.includes(name) && value !== undefined && value !== USUAL[name],
      ),
    );
    this.#add({ visitor }, of, lines);
  }

  /** Null: the visitor has done nothing in this run. */
  of({ token, person }: { token: string; person: string }): Recording | null {
    const isTheirs = ({ of }: Done) => of?.token === token && of.person === person;
    const first = this.#done.findIndex(isTheirs);
    const begun = this.#done[first];
    if (!begun) return null;
    // Faults that were switched on for this visitor, after the last one had written.
    const other = this.#done.slice(0, first).findLastIndex(({ of }) => of !== null);
    const before = this.#done.slice(other + 1, first).filter(({ step }) => !step.pass);
    const since = this.#done.slice(first).filter((done) => done.of === null || isTheirs(done));
    const steps = [...before, ...since].map(({ step }) => step);
    return { steps, at: begun.at, lines: begun.lines };
  }

  #add(step: Step, of: Done['of'] = null, lines = 0): void {
    if (this.isPaused) return;
    const whole = { ...step, ...(!this.#isResting() && { waiting: true }) };
    this.#done = [...this.#done, { step: whole, of, at: this.#now(), lines }].slice(-MOST);
  }
}

const USUAL: Record<string, unknown> = { payload: 'v2' };
