// Files of one worker share its process and its modules. After each: the environment is as it was,
// and a file that leaves a faked clock or a listener behind fails for it, not the one after it.
import { afterAll, expect, vi } from 'vitest';

/** What a test may want to hear of; `exit` is left to libraries, which tidy up after themselves. */
const EVENTS = ['warning', 'SIGINT', 'SIGTERM', 'SIGHUP', 'unhandledRejection', 'disconnect'];
const listeners = () => EVENTS.map((event) => `${event}: ${process.listenerCount(event)}`);

const environment = { ...process.env };
const listening = listeners();

// Registered before the file's own hooks, so it runs after them.
afterAll(() => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  expect(vi.isFakeTimers(), 'a clock is still faked').toBe(false);
  expect(listeners(), 'somebody still listens to the process').toEqual(listening);
});
