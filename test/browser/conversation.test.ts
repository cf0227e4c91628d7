import { afterAll, beforeAll, expect, test } from 'vitest';
import { hindrances } from './support/axe.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

let world: TestConsole;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

test('a visitor begins with a sample, taps a button, gets a picture, and chooses from a list', async () => {
  const page = await world.open();
  const { phone, line } = phonePage(page);
  await phone.getByRole('button', { name: 'Hello! 👋' }).click();
  await line('Hello Anna!').getByText('Demo agent', { exact: true }).waitFor();

  await phone.getByRole('button', { name: 'Show a picture' }).click();
  const picture = line('An evening in the hills').getByRole('img');
  await picture.waitFor();
  await page.waitForFunction(
    (image) => (image as unknown as { naturalWidth: number }).naturalWidth === 640,
    await picture.elementHandle(),
  );

  await phone.getByRole('button', { name: 'Choose from a list' }).click();
  await phone.getByRole('button', { name: 'Open the list' }).click();
  await page.getByRole('dialog').getByText('A location').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await line('Alexanderplatz').getByText('52.52187').waitFor();
  expect(await hindrances(page)).toEqual([]);
  await page.close();
});

test('a numbered menu is answered by a tap on the number, and by writing it', async () => {
  const page = await world.open();
  const { write, line, newVisitor, phone } = phonePage(page);
  await newVisitor();
  await write('numbers');
  await line('3. Wednesday').getByRole('button', { name: '3', exact: true }).click();
  await line('You chose: “Wednesday”').waitFor();
  await write('numbers');
  // A number answers a menu that is known to have gone, and this visitor types faster than people do.
  const menus = phone.locator('li.theirs', { hasText: '3. Wednesday' });
  await menus.nth(1).locator('.ticks.read').waitFor();
  await write('5');
  await line('You chose: “Friday”').waitFor();
  await page.close();
});

test('a template is drawn with its text filled in and its buttons, and a link button opens its address', async () => {
  const page = await world.open();
  const { write, line, newVisitor } = phonePage(page);
  await newVisitor();
  await write('Send a template');
  await line('Template parcel_arrived').getByText(/4711/).waitFor();
  await write('link');
  const link = line('Here is all about 360dialog.').getByRole('link', { name: 'Read on' });
  expect(await link.getAttribute('href')).toBe('https://docs.360dialog.com');
  expect(await link.getAttribute('rel')).toContain('noopener');
  await page.close();
});

test('a visitor quotes, reacts, edits and deletes', async () => {
  const page = await world.open();
  const { write, line, newVisitor, act, lines } = phonePage(page);
  await newVisitor();
  await write('two');
  await line('And this is the second.').waitFor();

  await act(line('This is the first message.'), 'React with 👍');
  await line('This is the first message.').locator('.reactions', { hasText: '👍' }).waitFor();

  await act(line('This is the first message.'), 'Reply');
  await write('About that one');
  const quoting = line(/^The visitor:.*About that one/); // the agent repeats these words in its answer
  await quoting.locator('blockquote', { hasText: 'This is the first' }).waitFor();

  await act(quoting, 'Edit');
  await write('About that one, I mean');
  await line('About that one, I mean').getByText('edited').waitFor();

  await act(lines.filter({ hasText: 'About that one, I mean' }), 'Delete for everyone');
  await line('This message was deleted.').waitFor();
  await page.close();
});

test('what a visitor and an agent write is text, never markup', async () => {
  const page = await world.open();
  const { write, line, newVisitor } = phonePage(page);
  await newVisitor();
  const nasty = '<img src=x onerror="document.title=1"> <b>bold</b> *really bold* channel_chat_id';
  await write(nasty);
  await line('You wrote:').waitFor();
  expect(await line('You wrote:').getByText('<b>bold</b>', { exact: false }).count()).toBe(1);
  expect(await line('You wrote:').locator('strong').allTextContents()).toEqual(['really bold']);
  expect(await line('You wrote:').getByText('channel_chat_id', { exact: false }).count()).toBe(1);
  expect(await page.title()).toBe('dialog360-channel');
  await page.close();
});

test('the pages had no error and called nobody else', () => {
  expect(world.browser.faults()).toEqual([]);
});
