// Which message the inspector shows, and its way.
import { computed, signal } from '@preact/signals';
import type { LiveEvent, Step, Trail } from '../../local/inspector/trail.ts';
import { sandbox } from '../api/sandbox.ts';
import { type Reading, readingOf } from '../shell/reading.ts';

/** The id that was chosen: of a message of either side. */
export const chosen = signal<string | null>(null);
const way: Reading<Trail> = readingOf(async () => {
  const found = await sandbox.trail(chosen.peek() ?? '');
  return { ...found, steps: withHeard(found, way.found.peek()) };
});
export const trail = way.found;
/** The runtime knows no way of the chosen id. */
export const isLost = computed(() => way.problem.value !== null);

/** Shows the way of a message; null: of none. */
export async function choose(id: string | null): Promise<void> {
  chosen.value = id;
  if (id !== null && trail.peek()?.keys.includes(id)) return;
  way.forget();
  await lookForSteps();
}

/** Asks for the steps of the way that is shown: some may have been missed. */
export async function lookForSteps(): Promise<void> {
  if (chosen.peek() !== null) await way.look();
}

/** The steps of a way, with those that were heard while it was asked for. */
function withHeard(found: Trail, heard: Trail | null): Step[] {
  if (heard?.id !== found.id) return found.steps;
  const isNewer = (one: Step) => {
    const same = found.steps.find(({ id }) => id === one.id);
    return !same || same.ended_at === null;
  };
  const newer = heard.steps.filter(isNewer);
  const others = found.steps.filter((step) => !newer.some(({ id }) => id === step.id));
  return inOrder([...others, ...newer]);
}

const inOrder = (steps: Step[]): Step[] => steps.toSorted((a, b) => a.at - b.at);

/** Takes a step of the way that is shown. */
export function hearStep({ trail: head, step }: Extract<LiveEvent, { type: 'step' }>): void {
  const isWanted = chosen.value !== null && head.keys.includes(chosen.value);
  const shown =
    trail.value?.id === head.id ? trail.value : isWanted ? { ...head, steps: [] } : null;
  if (!shown) return;
  const others = shown.steps.filter(({ id }) => id !== step.id);
  const isFirst = trail.value === null;
  trail.value = { ...shown, keys: head.keys, steps: inOrder([...others, step]) };
  if (isFirst) void lookForSteps(); // for those before it
}
