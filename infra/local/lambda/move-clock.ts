// Runs in a sandbox, before the bundle is loaded: the function goes by the clock of the local runtime.
// `new Date()` stays the machine's time: an agent or AWS that checks a signature goes by that
// (DECISIONS.md, "Local runtime").

/** The machine's time. */
export const machineNow = Date.now.bind(Date);

let aheadMs = 0;
Date.now = () => machineNow() + aheadMs;

/** From now on `Date.now` is so far ahead of the machine. */
export function moveClock(ms: number): void {
  aheadMs = ms;
}
