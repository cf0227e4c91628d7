// A setup file of the tests in the copy that `npm run mutants` makes: turns one change on, and notes which of the
// changed places a test file comes past. It loads nothing of the product.
import { appendFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

interface Switch {
  on(id: number): boolean;
  keep(value: unknown): void;
  kept(): unknown;
  seen: Set<string>;
}

const scope = globalThis as { mutant?: Switch };
scope.mutant = openSwitch();
const { seen } = scope.mutant;

function openSwitch(): Switch {
  const active = Number(process.env.MUTANT_ON);
  const kept: unknown[] = [];
  const passed = new Set<string>();
  return {
    on: (id) => {
      // What runs outside of a test runs once a process, so other files come past it unseen.
      passed.add(expect.getState().currentTestName === undefined ? `${id} load` : `${id}`);
      return id === active;
    },
    keep: (value) => kept.push(value),
    kept: () => kept.pop(),
    seen: passed,
  };
}

afterAll(() => {
  const { MUTANTS_SEEN: file } = process.env;
  const { testPath } = expect.getState();
  if (file) appendFileSync(file, `${JSON.stringify({ test: testPath, seen: [...seen] })}\n`);
  seen.clear();
});
