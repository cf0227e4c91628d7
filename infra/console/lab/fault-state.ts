// What goes wrong with the next messages, as the runtime has it.
import { computed, signal } from '@preact/signals';
import type { FaultName, FaultState } from '../../local/faults/fault.ts';

export const faults = signal<FaultState[]>([]);

/** How many faults are on. */
export const armed = computed(() => faults.value.filter(({ left }) => left !== 0).length);

/** The faults by where they strike, in the order of the panel. */
export const GROUPS = {
  agent: ['agent-slow', 'agent-down', 'agent-nonsense'],
  provider: [
    'provider-429',
    'provider-500',
    'pair-limit',
    'answer-lost',
    'window-late',
    'media-late',
  ],
  webhook: ['webhook-twice', 'webhook-reordered', 'webhook-day-late'],
  functions: ['kill-worker', 'kill-sender'],
} as const satisfies Record<string, FaultName[]>;
