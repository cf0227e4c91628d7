import type { FunctionName } from '../../functions.ts';
import type { Dialog360Double } from '../dialog360/double.ts';
import { playOutcome } from '../dialog360/play/play-outcome.ts';
import type { Lease } from '../lambda/trouble.ts';
import { Armed } from './armed.ts';
import { FAULTS, type Fault, type FaultName, type FaultState } from './fault.ts';

/** A fault is switched on for so many messages (null: until it is switched off), or off (0). */
export interface Press {
  fault: FaultName;
  times: number | null;
}

/**
 * The faults that people ask for at a press. What goes wrong at 360dialog is kept by its double, and what goes wrong
 * in a function is lent to its next call.
 */
export class Faults {
  readonly #double: Dialog360Double;
  readonly #inFunctions = new Armed<FaultName>();
  readonly #listeners = new Set<() => void>();
  readonly #onPress = new Set<(press: Press) => void>();
  /** How often each was switched off: what is given back after that is off, too. */
  readonly #offs = new Map<FaultName, number>();

  constructor(double: Dialog360Double) {
    this.#double = double;
    for (const kept of [this.#inFunctions, double.outcomes, double.arrivals]) {
      kept.onChange = () => {
        for (const listener of this.#listeners) listener();
      };
    }
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** `listener` hears of each press, before it works. */
  onPress(listener: (press: Press) => void): void {
    this.#onPress.add(listener);
  }

  /** Every fault there is, and for how much longer. */
  list(): FaultState[] {
    return (Object.keys(FAULTS) as FaultName[]).map((fault) => {
      const left = this.#left(fault);
      return { fault, seen: FAULTS[fault].seen, left: left === Infinity ? null : left };
    });
  }

  /** For the next messages; `times` null: until it is switched off. */
  arm(fault: FaultName, times: number | null): void {
    for (const listener of this.#onPress) listener({ fault, times });
    const { strikes }: Fault = FAULTS[fault];
    const count = times ?? Infinity;
    if ('provider' in strikes) {
      playOutcome(
        this.#double,
        { key: null, person: null },
        { ...strikes.provider, times: count, fault },
      );
    } else if ('webhook' in strikes) this.#double.arrivals.arm(strikes.webhook, count);
    else this.#inFunctions.arm(fault, count);
  }

  disarm(fault: FaultName): void {
    if (this.#left(fault) !== 0) {
      for (const listener of this.#onPress) listener({ fault, times: 0 });
    }
    const { strikes }: Fault = FAULTS[fault];
    if ('provider' in strikes) this.#double.outcomes.drop(fault);
    else if ('webhook' in strikes) this.#double.arrivals.disarm(strikes.webhook);
    else {
      this.#offs.set(fault, (this.#offs.get(fault) ?? 0) + 1);
      this.#inFunctions.disarm(fault);
    }
  }

  /** What is to go wrong in the next call of a function. Null: nothing. */
  lend(name: FunctionName): Lease | null {
    const fault = (Object.keys(FAULTS) as FaultName[]).find((one) => {
      const { strikes }: Fault = FAULTS[one];
      const isHere =
        'kill' in strikes ? strikes.kill === name : 'agent' in strikes && name === 'worker';
      return isHere && this.#inFunctions.take(one);
    });
    if (!fault) return null;
    const { strikes }: Fault = FAULTS[fault];
    const offs = this.#offs.get(fault);
    return {
      trouble: 'agent' in strikes ? strikes.agent : 'kill',
      giveBack: () => {
        if (this.#offs.get(fault) === offs) this.#inFunctions.arm(fault, 1);
      },
    };
  }

  #left(fault: FaultName): number {
    const { strikes }: Fault = FAULTS[fault];
    if ('provider' in strikes) return this.#double.outcomes.left(fault);
    if ('webhook' in strikes) return this.#double.arrivals.left(strikes.webhook);
    return this.#inFunctions.left(fault);
  }
}
