import { randomInt } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { lengthOf } from '../clock/span.ts';
import type { ChatLine } from '../dialog360/chat/chat-line.ts';
import type { FaultName } from '../faults/fault.ts';
import { FAULTS } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import { withIds } from './name-lines.ts';
import type { Replayed } from './replayed.ts';
import type { Scenario, Seen, Step } from './scenario.ts';

/** What a scenario is replayed with. */
export interface Stage {
  clock: Clock;
  faults: Faults;
  /** Resolves when nothing is at work and nothing waits. */
  idle(): Promise<void>;
  /** Resolves when what is left waits for time to pass. */
  settled(): Promise<void>;
  linesOf(person: string): readonly ChatLine[];
  seenBy(person: string): Seen[];
  /** Does something as a visitor. Throws an `Error` in words when it cannot be played. */
  play(fields: Record<string, unknown>): Promise<void>;
}

/** Does what a scenario says, as a visitor of its own, and compares what comes out with what came out then. */
export async function replayScenario(scenario: Scenario, stage: Stage): Promise<Replayed> {
  const person = scenario.without_phone
    ? `DE.${randomInt(1e7, 9e7)}${randomInt(1e7, 9e7)}`
    : `4917${randomInt(1e8, 9e8)}`;
  allOff(stage.faults);
  try {
    for (const step of scenario.steps) {
      await rest(stage, step.waiting);
      await doStep(step, person, stage);
    }
    await rest(stage, scenario.waiting);
  } finally {
    allOff(stage.faults);
  }
  const seen = stage.seenBy(person);
  const differences = differencesOf(scenario.seen, seen);
  return { person, same: differences.length === 0, seen, differences };
}

const rest = (stage: Stage, isWaiting = false): Promise<void> =>
  isWaiting ? stage.settled() : stage.idle();

async function doStep(step: Step, person: string, stage: Stage): Promise<void> {
  if (step.pass) await stage.clock.pass(lengthOf(step.pass));
  if (step.fault) {
    const { fault, times = FAULTS[fault].once } = step;
    stage.faults.arm(fault, times);
  }
  if (step.off) stage.faults.disarm(step.off);
  if (step.visitor) {
    const who = person.includes('.') ? { bsuid: person } : { from: person };
    await stage.play({ ...withIds(step.visitor, stage.linesOf(person)), ...who });
  }
}

const allOff = (faults: Faults): void => {
  for (const fault of Object.keys(FAULTS) as FaultName[]) faults.disarm(fault);
};

function differencesOf(wanted: Seen[], came: Seen[]): Replayed['differences'] {
  const length = Math.max(wanted.length, came.length);
  return Array.from({ length }, (_, at) => ({
    at: at + 1,
    wanted: wanted[at] ?? null,
    came: came[at] ?? null,
  })).filter((pair) => spelled(pair.wanted) !== spelled(pair.came));
}

/** The same members, in whatever order a file has them. */
const spelled = (seen: Seen | null): string =>
  JSON.stringify(Object.entries(seen ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
