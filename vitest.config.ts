import { defineConfig } from 'vitest/config';

/** Where `.ci/run` wants the counts, for its last line. */
const summary = process.env.TEST_SUMMARY;

const STACK = 'test/infra/stack/**/*.test.ts';
const JOURNEYS = 'test/journeys/**/*.test.ts';

export default defineConfig({
  test: {
    reporters: summary ? ['default', ['json', { outputFile: summary }]] : ['default'],
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: [STACK, JOURNEYS],
          testTimeout: 10_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // Together they load CDK, which takes a second or two, only once.
        test: {
          name: 'stack',
          include: [STACK],
          isolate: false,
          testTimeout: 90_000,
          hookTimeout: 30_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        // Each journey starts a whole runtime with its child processes, and waits half of its time
        // for a dead function's job to come back: two at a time, and nothing beside them.
        test: {
          name: 'journeys',
          include: [JOURNEYS],
          testTimeout: 90_000,
          hookTimeout: 30_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
