// Which message the inspector shows, and its way.
import { signal } from '@preact/signals';
import type { LiveEvent, Trail } from '../../local/inspector/trail.ts';
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
    if (chosen.value === id) trail.value = found;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (chosen.value !== id) return;
    trail.value = null;
    isLost.value = true;
  }
}

/** Takes a step of the way that is shown. */
export function hearStep({ trail: head, step }: Extract<LiveEvent, { type: 'step' }>): void {
  const isWanted = chosen.value !== null && head.keys.includes(chosen.value);
  if (isWanted) isLost.value = false;
  const shown =
    trail.value?.id === head.id ? trail.value : isWanted ? { ...head, steps: [] } : null;
  if (!shown) return;
  const others = shown.steps.filter(({ id }) => id !== step.id);
  const steps = [...others, step].toSorted((a, b) => a.at - b.at);
  trail.value = { ...shown, keys: head.keys, steps };
}
