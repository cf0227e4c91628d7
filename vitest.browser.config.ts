// The tests of the pages, in the system's Chromium: `npm run test:browser`.
import { defineConfig } from 'vitest/config';

/** The file into which `.ci/run` wants the counts, for its last line. */
const summary = process.env.BROWSER_SUMMARY;

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: 'test/support/build-bundles-once.ts',
    reporters: summary ? ['default', ['json', { outputFile: summary }]] : ['default'],
    // One worker with one browser and one runtime at a time: each has some ten processes.
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
});
