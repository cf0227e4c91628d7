import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPicture } from '../../infra/local/demo/demo-picture.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

let world: TestConsole;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

/** The first bytes of an Ogg file with Opus in it. */
const NOTE = Buffer.from(
  '4f67675300020000000000000000000000000000000000000000011e4f70757348656164',
  'hex',
);

// biome-ignore format: a table reads by column
const files = [
  { item: 'Photo, video or audio', name: 'hills.png',  type: 'image/png',       bytes: demoPicture(),                shows: 'img',       kind: 'image' },
  { item: 'Document',              name: 'bill.pdf',   type: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF'), shows: 'a.document', kind: 'document' },
  { item: 'Audio as a voice note', name: 'note.ogg',   type: 'audio/ogg',       bytes: NOTE,                         shows: 'audio',     kind: 'voice' },
];

test.each(files)('a visitor attaches a file by "$item"', async ({
  item,
  name,
  type,
  bytes,
  shows,
  kind,
}) => {
  const page = await world.open();
  const { phone, line, newVisitor } = phonePage(page);
  await newVisitor();
  await phone.getByRole('button', { name: 'Attach' }).click();
  const choosing = page.waitForEvent('filechooser');
  await phone.getByRole('menuitem', { name: item }).click();
  await (await choosing).setFiles({ name, mimeType: type, buffer: bytes });
  await line(/You (sent|wrote)/)
    .getByText(kind === 'document' ? /document|bill/ : kind)
    .waitFor();
  const shown = phone.locator(`li.mine ${shows}`);
  await shown.waitFor();
  const url = (await shown.getAttribute('src')) ?? (await shown.getAttribute('href')) ?? '';
  const answer = await fetch(url);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  await page.close();
});

test('a visitor shares a location and a contact, and the inspector follows each', async () => {
  const page = await world.open();
  const { phone, line, newVisitor, inspector } = phonePage(page);
  await newVisitor();
  await phone.getByRole('button', { name: 'Attach' }).click();
  await phone.getByRole('menuitem', { name: 'Location' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Tour Eiffel, Paris' }).click();
  await line('You wrote: “Tour Eiffel').or(line('You sent: location')).waitFor();

  await phone.getByRole('button', { name: 'Attach' }).click();
  await phone.getByRole('menuitem', { name: 'Contact' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await line(/You (wrote|sent): .*(Ivan Petrov|contacts)/).waitFor();
  await inspector.getByText('Status: Read').waitFor();
  await page.close();
});

test('a visitor without a phone number writes and is answered', async () => {
  const page = await world.open();
  const { write, line } = phonePage(page);
  await page.getByRole('button', { name: 'Without a number' }).click();
  await page.getByText('BSUID', { exact: true }).waitFor();
  await write('Good morning');
  await line('You wrote: “Good morning”.').waitFor();
  await page.close();
});

test('the pages had no error and called nobody else', () => {
  expect(world.browser.faults()).toEqual([]);
});
