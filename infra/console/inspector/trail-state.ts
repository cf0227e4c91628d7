// Which message the inspector shows, and its way.
import { signal } from '@preact/signals';
import type { LiveEvent, Step, Trail } from '../../local/inspector/trail.ts';
import { Refused } from '../api/call.ts';
import { sandbox } from '../api/sandbox.ts';

/** The id that was chosen: of a message of either side. */
export const chosen = signal<string | null>(null);
export const trail = signal<Trail | null>(null);
/** The runtime knows no way of the chosen id. */
export const isLost = signal(false);

/** Shows the way of a message. */
export async function choose(id: string): Promise<void> {
  chosen.value = id;
  isLost.value = false;
  if (trail.value?.keys.includes(id)) return;
  try {
    const found = await sandbox.trail(id);
    if (chosen.value === id) trail.value = { ...found, steps: withHeard(found, trail.value) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (chosen.value !== id) return;
    trail.value = null;
    isLost.value = true;
  }
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
  if (isWanted) isLost.value = false;
  const shown =
    trail.value?.id === head.id ? trail.value : isWanted ? { ...head, steps: [] } : null;
  if (!shown) return;
  const others = shown.steps.filter(({ id }) => id !== step.id);
  trail.value = { ...shown, keys: head.keys, steps: inOrder([...others, step]) };
}
