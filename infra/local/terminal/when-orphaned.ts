import { readFileSync } from 'node:fs';

const CHECK_MS = 300;

/**
 * Calls back once when npm, which started this process through a shell, is gone. An npm that is
 * killed outright passes nothing on; its shell lives on and waits for us. Without npm it does nothing.
 */
export function whenOrphaned(callback: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const family = ancestors();
  const watch = setInterval(() => {
    if (ancestors() === family) return;
    clearInterval(watch);
    callback();
  }, CHECK_MS);
  watch.unref();
}

/** The shell and, where the system tells it (Linux), npm itself. */
const ancestors = (): string => `${process.ppid} ${parentOf(process.ppid)}`;

function parentOf(pid: number): string {
  try {
    // `pid (name) state ppid …`; the name may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] ?? '';
  } catch {
    return '';
  }
}
