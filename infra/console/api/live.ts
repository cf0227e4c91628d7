import { signal } from '@preact/signals';
import type { LiveEvent } from '../../local/inspector/trail.ts';

/** Whether the runtime tells what happens at this moment. */
export const isLive = signal(false);

const AGAIN_AFTER_MS = 500;

/**
 * Hears of everything that happens, until the page is closed. `onReturn` runs when the connection stands
 * (again): meanwhile something may have been missed.
 */
export function listen(onEvent: (event: LiveEvent) => void, onReturn: () => void): void {
  const source = new EventSource('/sandbox/inspector/events');
  source.onopen = () => {
    isLive.value = true;
    onReturn();
  };
  source.onerror = () => {
    isLive.value = false;
    // The browser connects again by itself, but not after a refusal: that of a runtime that is still starting.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => listen(onEvent, onReturn), AGAIN_AFTER_MS);
    }
  };
  source.onmessage = ({ data }) => onEvent(JSON.parse(String(data)) as LiveEvent);
}
