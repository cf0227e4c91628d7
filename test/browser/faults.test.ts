import type { Page } from 'playwright-core';
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

const panel = (page: Page, tab = 'Faults') => ({
  open: () => page.getByRole('tab', { name: tab }).click(),
  row: (name: string) => page.getByRole('listitem').filter({ hasText: name }),
  press: (name: string) => page.getByRole('button', { name, exact: true }).click(),
});

test('an agent that is down is asked again: the phone and the way say so, and the answer comes', async () => {
  const page = await world.open();
  const { write, phone, line, inspector, newVisitor } = phonePage(page);
  const { open, row, press } = panel(page);
  await newVisitor();
  await open();
  await press('The agent is down: Next message');
  await row('The agent is down').getByText('for the next message').waitFor();
  expect(await hindrances(page)).toEqual([]);
  await write('Hello');
  await phone.getByText('The agent did not answer and is asked again').waitFor();
  await row('The agent is down').getByText('for the next message').waitFor({ state: 'detached' });
  await line('You wrote: “Hello”.').waitFor();
  await page.getByRole('tab', { name: 'Way' }).click();
  await inspector.getByText(/then asks the agent again/).waitFor();
  await page.close();
});

test('a sender that dies sends nothing twice once its job shows again', async () => {
  const page = await world.open();
  const { write, lines, line, newVisitor, inspector } = phonePage(page);
  const { open, row, press } = panel(page);
  await newVisitor();
  await open();
  await press('The sender dies: Next message');
  await row('The sender dies').getByText('for the next message').waitFor();
  await write('Once');
  await line('You wrote: “Once”.').waitFor();
  await world.runtime.settled();
  await page.getByRole('button', { name: 'Let 5 min pass' }).click();
  await page.getByRole('tab', { name: 'Way' }).click();
  await inspector.getByText('the function ended: killed').waitFor();
  await inspector.getByText('Status: Read').waitFor();
  await world.runtime.idle();
  expect(await lines.count()).toBe(2);
  await page.close();
});

test('faults stay on until they are switched off, one or all, on every page that is open', async () => {
  const [page, other] = [await world.open(), await world.open()];
  const { open, row, press } = panel(page);
  await open();
  await panel(other).open();
  await press('Too many messages (429): Every message');
  await press('The message comes twice: Next message');
  await panel(other).row('Too many messages (429)').getByText('for every message').waitFor();
  await page.getByRole('tab', { name: 'Faults 2 on' }).waitFor();
  await press('Too many messages (429): Switch off');
  await row('Too many messages (429)')
    .getByText('for every message')
    .waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Switch all off' }).click();
  await panel(other)
    .row('The message comes twice')
    .getByText(/^for the/)
    .waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('tab', { name: 'Faults', exact: true }).waitFor();
  await page.close();
  await other.close();
});

test('the tabs beside the phone are walked by the arrow keys', async () => {
  const page = await world.open();
  await page.getByRole('tab', { name: 'Way' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.locator('[role=tab]:focus', { hasText: 'Faults' }).waitFor();
  await page.getByRole('heading', { name: 'Faults' }).waitFor();
  await page.close();
});

test.each([
  360, 380, 900, 1440,
])('at %i pixels the faults fit, in Russian and in the dark too', async (width) => {
  const page = await world.open('/', { width, height: 800 });
  await prefer(page, { language: 'ru', theme: 'dark' });
  if (width < 1180) await page.getByRole('button', { name: 'Путь', exact: true }).click();
  await panel(page, 'Сбои').open();
  await panel(page).press('Агент медлит: Следующее');
  await panel(page).row('Агент медлит').getByText(/^для/).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  expect(await hindrances(page)).toEqual([]);
  await panel(page).press('Агент медлит: Выключить');
  await panel(page).row('Агент медлит').getByText(/^для/).waitFor({ state: 'detached' });
  await page.close();
});

test('the pages had no error and called nobody else', () => {
  expect(world.browser.faults()).toEqual([]);
});
