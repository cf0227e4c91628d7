import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

let world: TestConsole;
beforeAll(async () => {
  world = await openConsole();
});
afterAll(() => world?.close());

test('the inspector shows each step of a message while it happens, with request and answer', async () => {
  const page = await world.open();
  const { write, inspector, newVisitor } = phonePage(page);
  await newVisitor();
  await write('Follow me');
  await inspector.getByText('Status: Read').waitFor();
  expect(await inspector.locator('.step .name').allInnerTexts()).toEqual([
    'Webhook received',
    'Queue inbound',
    'Worker',
    expect.stringMatching(/^360dialog: read, typing|^Agent asked/),
    expect.stringMatching(/^360dialog: read, typing|^Agent asked/),
    'Queue outbound',
    'Sender',
    '360dialog: interactive',
    'Status: Sent',
    'Status: Delivered',
    'Status: Read',
  ]);
  const agent = inspector.locator('.step', { hasText: 'Agent asked' });
  await agent.locator('summary').click();
  await agent.getByText('"text": "Follow me"', { exact: false }).waitFor();
  await agent.getByText('"replies"', { exact: false }).waitFor();
  await inspector.getByLabel('Every step').check();
  const recorded = inspector.locator('.step', { hasText: 'Status recorded' });
  await recorded.nth(2).waitFor();
  expect(await recorded.count()).toBe(3);
  await page.close();
});

test('a message has an address that shows it after a reload, with the visitor who wrote it', async () => {
  const page = await world.open();
  const { write, inspector, newVisitor, line } = phonePage(page);
  await newVisitor();
  await write('Come back to me');
  await inspector.getByText('Status: Read').waitFor();
  const own = page.url();
  await line('You wrote: “Come back to me”').locator('.bubble').click();
  await page.waitForURL((url) => url.href !== own);
  expect(new URL(page.url()).pathname).toMatch(/^\/messages\/wamid\./);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await inspector.getByText('Status: Read').waitFor();
  await line('You wrote: “Come back to me”').waitFor();
  await page.close();
});

test('from the phone a link leads to what became of the chat, and Back leads to the phone again', async () => {
  const page = await world.open();
  const { write, phone, newVisitor, line } = phonePage(page);
  await newVisitor();
  await write('Look after me');
  await line('You wrote: “Look after me”').waitFor();
  await page.getByRole('link', { name: 'What became of this chat' }).click();
  await page.getByRole('article').getByText('You wrote: “Look after me”').waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/channels\/ch_\w+\/chats\/[0-9a-f]{40}$/);
  await page.goBack();
  await phone.waitFor();
  await page.close();
});

test('a message that WhatsApp does not deliver says why', async () => {
  const page = await world.open();
  const { write, phone, newVisitor } = phonePage(page);
  await newVisitor();
  await fetch(`${world.runtime.url}/sandbox/360dialog/outcomes`, {
    method: 'POST',
    body: JSON.stringify({ outcome: 'no-whatsapp' }),
  });
  await write('Are you there?');
  const failure = phone.locator('.failure');
  await failure.waitFor();
  expect(await failure.innerText()).toMatch(/Not delivered: .+131026/s);
  await page.close();
});

test('a message of yesterday is answered by nobody: the phone says that the reply was refused', async () => {
  const page = await world.open();
  const { phone, newVisitor } = phonePage(page);
  await newVisitor();
  const person = await page.evaluate(() => localStorage.getItem('console.person'));
  await fetch(`${world.runtime.url}/sandbox/360dialog/play?wait=0`, {
    method: 'POST',
    body: JSON.stringify({ from: person, text: 'Long ago', hours_ago: 25 }),
  });
  await phone.getByText('Refused: the visitor does not get it').waitFor();
  await phone.getByText('window-closed').waitFor();
  await page.getByRole('region', { name: '24-hour window' }).getByText('Closed').waitFor();
  await page.close();
});

test('the pages had no error and called nobody else', () => {
  expect(world.browser.faults()).toEqual([]);
});
