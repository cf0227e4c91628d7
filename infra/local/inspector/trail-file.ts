import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Step, Trail } from './trail.ts';
import type { Trails } from './trails.ts';

interface Line {
  trail: Omit<Trail, 'steps'>;
  step: Step;
}

/** Puts back the ways of earlier runs, and leaves only what is still kept of them in the file. */
export function readTrails(file: string, trails: Trails): void {
  if (!existsSync(file)) return;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const read = parsed(line);
    if (read) trails.restore(read.trail, read.step);
  }
  const kept = trails.all().toReversed();
  const lines = kept.flatMap(({ steps, ...trail }) => steps.map((step) => lineOf({ trail, step })));
  writeFileSync(file, lines.join(''), { mode: 0o600 });
}

/** Keeps a step that is over. */
export function keepStep(file: string, { steps: _, ...trail }: Trail, step: Step): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, lineOf({ trail, step }), { mode: 0o600 });
}

const lineOf = (line: Line): string => `${JSON.stringify(line)}\n`;

/** Null: the runtime died while it wrote the line. */
function parsed(line: string): Line | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
