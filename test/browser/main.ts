// `npm run test:browser`: runs the tests of the pages where there is a Chromium, and says so where
// there is none.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './support/find-chromium.ts';

const ROOT = join(import.meta.dirname, '../..');

const browser = findChromium();
const works = browser !== null && spawnSync(browser, ['--version']).status === 0;

if (!works) {
  const what = browser === null ? 'there is no Chromium here' : `${browser} does not run`;
  process.stdout.write(`Browser tests skipped: ${what}. Install it, or name it by CHROME_PATH.\n`);
} else {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', 'vitest.browser.config.ts', ...process.argv.slice(2)],
    { cwd: ROOT, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}
