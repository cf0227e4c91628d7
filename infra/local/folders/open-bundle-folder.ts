import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './is-alive.ts';

const NAME = /^dialog360-channel-(\d+)-/;

/** Makes a folder for this run's bundles, and removes those of runtimes that were killed. */
export function openBundleFolder(): { folder: string; close: () => void } {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.match(NAME)?.[1];
    if (owner && !isAlive(Number(owner))) remove(join(tmpdir(), name));
  }
  const folder = mkdtempSync(join(tmpdir(), `dialog360-channel-${process.pid}-`));
  return { folder, close: () => remove(folder) };
}

const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });
