import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder for what CDK synthesizes, which is removed when the run ends. */
    synthFolder: string;
  }
}

/**
 * Makes, before the tests of the stack, the folder they synthesize into. Returns how to remove it.
 */
export default function synthFolder({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'synth-'));
  provide('synthFolder', folder);
  return () => rmSync(folder, { recursive: true });
}
