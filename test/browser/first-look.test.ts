import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownRuntime } from '../support/borrow-runtime.ts';
import type { TestRuntime } from '../support/runtime.ts';
import { hindrances } from './support/axe.ts';
import { openBrowser, type TestBrowser } from './support/open-browser.ts';

let runtime: TestRuntime;
let browser: TestBrowser;
beforeAll(async () => {
  [runtime, browser] = await Promise.all([ownRuntime(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await runtime?.stop();
});

test('a person opens the address and sees the phone, in English and in Russian', async () => {
  const page = await browser.open(runtime.url);
  await page.getByRole('link', { name: 'Phone' }).waitFor();
  await page.getByText('RU').click();
  await page.getByRole('link', { name: 'Телефон' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');
  await page.reload();
  await page.getByRole('link', { name: 'Телефон' }).waitFor();
  await page.getByText('EN').click();
  await page.close();
});

test.each([
  { theme: 'light', presses: 2 },
  { theme: 'dark', presses: 1 },
])('axe-core finds nothing on the phone page in the $theme theme', async ({ theme, presses }) => {
  const page = await browser.open(runtime.url);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  const button = page.getByRole('button', { name: /^Theme/ });
  for (let press = 0; press < presses; press += 1) await button.click();
  expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
  expect(await hindrances(page)).toEqual([]);
  await page.close();
});

test('an address that no page has says so', async () => {
  const page = await browser.open(`${runtime.url}/channels/a/b/c/d`);
  await page.getByRole('heading', { name: 'There is no such page.' }).waitFor();
  await page.close();
});

test('the pages let no foreign script run, and called nobody', async () => {
  const { headers } = await fetch(runtime.url);
  expect(headers.get('content-security-policy')).toContain("script-src 'self';");
  expect(browser.faults()).toEqual([]);
});
