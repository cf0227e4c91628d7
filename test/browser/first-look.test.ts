import { afterAll, beforeAll, expect, test } from 'vitest';
import { hindrances } from './support/axe.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

let world: TestConsole;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

test('a person opens the address and sees the phone, in English and in Russian', async () => {
  const page = await world.open();
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
  const page = await world.open();
  const button = page.getByRole('button', { name: /^Theme/ });
  for (let press = 0; press < presses; press += 1) await button.click();
  expect(await page.locator('html').getAttribute('data-theme')).toBe(theme);
  expect(await hindrances(page)).toEqual([]);
  await page.close();
});

test('the page is as light or dark as the system, until the person chooses', async () => {
  const page = await world.open();
  const root = page.locator('html');
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    const scheme = 'getComputedStyle(document.documentElement).colorScheme';
    expect(await page.evaluate(scheme)).toBe(theme);
  }
  await page.getByRole('button', { name: /^Theme/ }).click();
  expect(await root.getAttribute('data-theme')).toBe('dark');
  await page.close();
});

test('everything can be done by keyboard alone', async () => {
  const page = await world.open();
  const { phone, line } = phonePage(page);
  await phone.getByRole('button', { name: 'Hello! 👋' }).focus();
  await page.keyboard.press('Enter');
  await line('Hello Anna!').waitFor();
  await phone.getByRole('button', { name: 'Choose from a list' }).focus();
  await page.keyboard.press('Enter');
  await phone.getByRole('button', { name: 'Open the list' }).focus();
  await page.keyboard.press('Enter');
  const rows = page.getByRole('dialog').getByRole('radio');
  await rows.first().waitFor();
  await rows.nth(1).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await line('Answer with a number.').waitFor();
  await line('Answer with a number.')
    .getByRole('button', { name: /^React/ })
    .focus();
  await page.keyboard.press('Enter');
  await page.locator('[role=menuitem]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await line('Answer with a number.').locator('.reactions', { hasText: '❤️' }).waitFor();
  await page.close();
});

test.each([
  360, 380, 900, 1440,
])('at %i pixels nothing sticks out, and every view is there', async (width) => {
  const page = await world.open('/', { width, height: 800 });
  await page.getByLabel('Message', { exact: true }).waitFor();
  for (const view of width < 1180 ? ['Phone', 'Way', 'Agent'] : []) {
    await page.getByRole('button', { name: view, exact: true }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await hindrances(page)).toEqual([]);
  }
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  await page.close();
});

test('an address that no page has says so', async () => {
  const page = await world.open('/channels/a/b/c/d');
  await page.getByRole('heading', { name: 'There is no such page.' }).waitFor();
  await page.close();
});

test('the pages let no foreign script run, and called nobody', async () => {
  const { headers } = await fetch(world.runtime.url);
  expect(headers.get('content-security-policy')).toContain("script-src 'self';");
  expect(world.browser.faults()).toEqual([]);
});
