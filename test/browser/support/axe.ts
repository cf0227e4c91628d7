import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Resolves when everything that fades or moves once has come to rest; what moves for ever is left alone. */
const REST = `Promise.allSettled(
  document.getAnimations()
    .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
    .map((one) => one.finished),
).then(() => undefined)`;

/**
 * What hinders people who hear the page, or see it badly: a line for each place axe-core finds. A colour
 * that still changes may have less contrast than it comes to, so the page is looked at when it is at rest.
 */
export async function hindrances(page: Page): Promise<string[]> {
  // Evaluated, because a script in the page would be one more than its policy allows.
  await page.evaluate(AXE);
  await page.evaluate(REST);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary})`),
  );
}
