// The time by which the runtime goes: that of this machine, and ahead of it once time was let pass.
import { signal } from '@preact/signals';

/** How far the runtime is ahead of the machine. */
export const aheadMs = signal(0);
/** Epoch milliseconds, moved on each second. */
export const now = signal(Date.now());

setInterval(tellTime, 1000);

function tellTime(): void {
  now.value = Date.now() + aheadMs.value;
}

/** The runtime has said how far it is ahead. */
export function hearAhead(ms: number): void {
  aheadMs.value = ms;
  tellTime();
}
