import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hindrances } from './support/axe.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';
import { prefer } from './support/visit.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
let world: TestConsole;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

const replay = (page: Page, file: string) =>
  page.getByLabel('Choose a file and replay it').setInputFiles(file);

test('what a visitor did is saved, replayed the same, and a difference is shown', async () => {
  const page = await world.open();
  const { write, line, newVisitor, lines } = phonePage(page);
  await newVisitor();
  await page.getByRole('tab', { name: 'Scenario' }).click();
  expect(await page.getByRole('button', { name: 'Save as scenario' }).isDisabled()).toBe(true);
  await page.getByRole('tab', { name: 'Faults' }).click();
  await page.getByRole('button', { name: 'Too many messages (429): Next message' }).click();
  await page.getByText('for the next message').waitFor();
  await write('two');
  await line('And this is the second.').waitFor();
  await world.runtime.idle();

  await page.getByRole('tab', { name: 'Scenario' }).click();
  await page.getByLabel('Title').fill('Too fast');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as scenario' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('too-fast.json');
  const file = join(folder, 'too-fast.json');
  await download.saveAs(file);
  const text = readFileSync(file, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    title: 'Too fast',
    steps: [{ fault: 'provider-429', times: 1 }, { visitor: { text: 'two' } }],
  });

  await replay(page, file);
  await page.getByText('The same: 2 things came out').waitFor();
  expect(await hindrances(page)).toEqual([]);
  writeFileSync(file, text.replace('This is the first message.', 'Another message.'));
  await replay(page, file);
  await page.getByText('1 difference').waitFor();
  await page.getByRole('cell', { name: 'Another message. · Read' }).waitFor();
  await page.getByRole('cell', { name: 'This is the first message. · Read' }).waitFor();
  expect(await hindrances(page)).toEqual([]);

  await page.getByRole('button', { name: 'Show its phone' }).click();
  await line('And this is the second.').waitFor();
  expect(await lines.count()).toBe(3);
  await page.close();
});

test('a file that is no scenario is refused in words', async () => {
  const page = await world.open();
  await phonePage(page).newVisitor();
  await page.getByRole('tab', { name: 'Scenario' }).click();
  const file = join(folder, 'something.json');
  writeFileSync(file, '{"scenario": 1, "title": "Nothing"}');
  await replay(page, file);
  await page
    .getByRole('tabpanel')
    .getByRole('alert')
    .getByText(/^steps /)
    .waitFor();
  await page.close();
});

test.each([
  360, 380, 900, 1440,
])('at %i pixels the scenario fits, in Russian and in the dark too', async (width) => {
  const page = await world.open('/', { width, height: 800 });
  await prefer(page, { language: 'ru', theme: 'dark' });
  if (width < 1180) await page.getByRole('button', { name: 'Путь', exact: true }).click();
  await page.getByRole('tab', { name: 'Сценарий' }).click();
  await page.getByRole('heading', { name: 'Повтор' }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  expect(await hindrances(page)).toEqual([]);
  await page.close();
});

test('the pages had no error and called nobody else', () => {
  expect(world.browser.faults()).toEqual([]);
});
