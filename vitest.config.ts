import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the counts, for its last line. */
const summary = process.env.TEST_SUMMARY;

const STACK = 'test/infra/stack/**/*.test.ts';
/** What needs the product running: its files share one runtime a worker (test/support/borrow-runtime.ts). */
const JOURNEYS = [
  'test/journeys/**/*.test.ts',
  'test/infra/cli/{cloud,local}.test.ts',
  'test/infra/local/product.test.ts',
  'test/infra/stack/rights-suffice.test.ts',
];

export default defineConfig({
  test: {
    reporters: summary ? ['default', ['json', { outputFile: summary }]] : ['default'],
    // One more than there are cores: the journeys wait much of their time, for what comes back later.
    maxWorkers: 3,
    // A worker loads what it tests once and not for each of its files, which would take twice as
    // long as the tests. It is safe because nothing tested keeps a state in its module but what its
    // `open…` function made, no module is mocked, and what a file changes of the process is put
    // back, or found, by the setup file.
    isolate: false,
    setupFiles: ['test/support/leave-nothing-behind.ts'],
    // What handlers write down, called in a test, is for nobody; in journeys they have their own.
    env: { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: [STACK, ...JOURNEYS],
          testTimeout: 10_000,
          hookTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'stack',
          include: [STACK],
          exclude: JOURNEYS,
          globalSetup: 'test/support/synth-folder.ts',
          testTimeout: 90_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: JOURNEYS,
          globalSetup: ['test/support/build-bundles-once.ts', 'test/support/synth-folder.ts'],
          testTimeout: 90_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
