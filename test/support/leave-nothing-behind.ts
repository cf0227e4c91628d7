// The test files of one worker share its process and its modules. After each file this puts the
// environment back, and fails the file when it leaves a faked clock or a listener behind: otherwise
// the next file would fail for it.
import { afterAll, expect, vi } from 'vitest';

/** The events of the process that tests listen to. Not `exit`, to which libraries listen. */
const EVENTS = ['warning', 'SIGINT', 'SIGTERM', 'SIGHUP', 'unhandledRejection', 'disconnect'];
const listeners = () => EVENTS.map((event) => `${event}: ${process.listenerCount(event)}`);

const environment = { ...process.env };
const listening = listeners();

// Registered before the file's own hooks, so it runs after them.
afterAll(() => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  expect(vi.isFakeTimers(), 'a clock is still faked').toBe(false);
  expect(listeners(), 'the file still listens to events of the process').toEqual(listening);
});
