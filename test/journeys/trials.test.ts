// Small inputs as people's programs really send them, each with what is right: test/fixtures/trials.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { playTrial, type Trial } from '../support/trial.ts';
import { serveTrialFiles } from '../support/trial-files.ts';
import { faultOf } from '../support/trial-values.ts';

const folder = join(import.meta.dirname, '../fixtures/trials');
const trials = readdirSync(folder)
  .sort()
  .map((file): Trial => JSON.parse(readFileSync(join(folder, file), 'utf8')));

let journey: Journey;
let files: Awaited<ReturnType<typeof serveTrialFiles>>;
beforeAll(async () => {
  journey = await startJourney();
  files = await serveTrialFiles();
});
afterAll(async () => {
  await journey.stop();
  await files.stop();
});

test.each(trials)('$name', async (trial) => {
  const seen = await playTrial(journey, trial, files.url);
  expect(trial.expect.flatMap((wanted) => faultOf(seen, wanted))).toEqual([]);
});
