import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../shared/kernel/failure.ts';
import { isAlive } from './is-alive.ts';

/**
 * Claims a folder for this runtime alone, because two would spoil each other's tables. Returns the
 * function that gives it back. The claim of a runtime that was killed does not count. Throws
 * `Failure` with a sentence for people.
 */
export function claimFolder(folder: string): () => void {
  const claim = join(folder, 'runtime.pid');
  try {
    mkdirSync(folder, { recursive: true });
    const holder = Number(read(claim));
    if (isAlive(holder)) {
      const detail = `The folder ${folder} is in use by another runtime (process ${holder}). Stop it, or choose another folder.`;
      throw new Failure('unavailable', { detail });
    }
    writeFileSync(claim, String(process.pid));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { message } = error as Error;
    throw new Failure('unavailable', { detail: `--data ${folder} cannot be used: ${message}` });
  }
  return () => rmSync(claim, { force: true });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // there is no claim
  }
}
