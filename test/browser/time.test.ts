import { afterAll, beforeAll, expect, test } from 'vitest';
import { hindrances } from './support/axe.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';
import { prefer } from './support/visit.ts';

let world: TestConsole;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

test('25 hours pass at a press: one message is refused, one waits, and goes when the visitor writes', async () => {
  const page = await world.open();
  const { write, phone, line, newVisitor } = phonePage(page);
  const window = page.getByRole('region', { name: '24-hour window' });
  await newVisitor();
  await write('later');
  await line('I write again in a minute.').waitFor();
  await window.getByText(/left$/).waitFor();
  await world.runtime.settled();

  await page.getByRole('button', { name: 'Let 25 hr pass' }).click();
  await window.getByText('Closed', { exact: true }).waitFor();
  await phone.getByText('Refused: the visitor does not get it').waitFor();
  await phone.getByText('Waits for the visitor to write').waitFor();
  await window.getByText('1 reply waits').waitFor();
  await page.getByText('Here it is', { exact: false }).waitFor();
  expect(await hindrances(page)).toEqual([]);

  await write('Here I am again');
  await line('This message has waited for you to write again.').waitFor();
  await line('You wrote: “Here I am again”.').waitFor();
  await window.getByText(/left$/).waitFor();
  await window.getByText('1 reply waits').waitFor({ state: 'detached' });
  await page.close();
});

test('the window clock follows the time that passed, also after a reload', async () => {
  const page = await world.open();
  const { write, line, newVisitor } = phonePage(page);
  const window = page.getByRole('region', { name: '24-hour window' });
  await newVisitor();
  await write('Hello');
  await line('You wrote: “Hello”.').waitFor();
  await page.getByRole('button', { name: 'Let 1 hr pass' }).click();
  await window.getByText(/^22 hr \d+ min left$/).waitFor();
  await page.reload();
  await window.getByText(/^22 hr \d+ min left$/).waitFor();
  await page
    .getByRole('region', { name: 'Time', exact: true })
    .getByText(/ahead$/)
    .waitFor();
  await page.close();
});

test('hours of one’s own choice pass, in Russian too', async () => {
  const page = await world.open();
  await prefer(page, { language: 'ru', theme: 'dark' });
  const time = page.getByRole('region', { name: 'Время', exact: true });
  const before = world.runtime.clock.aheadMs;
  await time.getByLabel('Часы').fill('2.5');
  await time.getByRole('button', { name: 'ч — пропустить' }).click();
  await time.getByText(/^Впереди на/).waitFor();
  await expect
    .poll(() => world.runtime.clock.aheadMs, { timeout: 60_000 })
    .toBe(before + 2.5 * 3_600_000);
  expect(await hindrances(page)).toEqual([]);
  await page.close();
});

test('the pages had no error and called nobody else', () => {
  expect(world.browser.faults()).toEqual([]);
});
