import { defineConfig } from 'vitest/config';

/** The file into which `.ci/run` wants the counts, for its last line. */
const summary = process.env.TEST_SUMMARY;

/** `npm run test:browser` runs them (vitest.browser.config.ts). */
const BROWSER = 'test/browser/**';
const STACK = 'test/infra/stack/**/*.test.ts';
/** Tests of the running product. They share one runtime a worker (test/support/borrow-runtime.ts). */
const JOURNEYS = [
  'test/journeys/**/*.test.ts',
  'test/infra/cli/{cloud,local}.test.ts',
  'test/infra/local/product.test.ts',
  'test/infra/stack/rights-suffice.test.ts',
];

export default defineConfig({
  test: {
    reporters: summary ? ['default', ['json', { outputFile: summary }]] : ['default'],
    // One more than two cores, because journeys spend much of their time waiting.
    maxWorkers: 3,
    // A worker loads modules once and not again for each of its files, which would take longer than
    // the tests themselves; and only so can its files share a runtime. No module of ours keeps
    // state but through its `open…` function, no module is mocked, and the setup file puts back or
    // finds what a test file has changed in the process.
    isolate: false,
    setupFiles: ['test/support/leave-nothing-behind.ts'],
    // Handlers that a test calls itself write no logs. In journeys they have an environment of
    // their own.
    env: { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: [STACK, BROWSER, ...JOURNEYS],
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
