import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where CDK may leave what it has synthesized; it goes when the run ends. */
    synthFolder: string;
  }
}

/** Before the tests of the stack, each of which synthesizes it. Returns the way to tidy up. */
export default function synthFolder({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'synth-'));
  provide('synthFolder', folder);
  return () => rmSync(folder, { recursive: true });
}
