import { readFileSync } from 'node:fs';

const CHECK_MS = 300;

/**
 * Calls back once when the npm that started this process is gone. npm starts a shell and the shell
 * starts us: when npm is killed with SIGKILL, neither hears of it, and the shell waits for us to
 * end. Does nothing when npm did not start this process.
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

/** The process ids of the shell and, on Linux, of npm itself. */
const ancestors = (): string => `${process.ppid} ${parentOf(process.ppid)}`;

function parentOf(pid: number): string {
  try {
    // `pid (name) state ppid …`; the name may hold anything.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] ?? '';
  } catch {
    return '';
  }
}
