import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Trail } from '../../infra/local/inspector/trail.ts';
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

test('a message whose address was opened before its way is known is shown once it is, on its phone', async () => {
  const { url, settled } = world.runtime;
  const body = JSON.stringify({ from: '+49 170 1999002', text: 'Known soon' });
  const played = await fetch(`${url}/sandbox/360dialog/play`, { method: 'POST', body });
  const { message_id } = (await played.json()) as { message_id: string };
  await settled();
  const trail = `${url}/sandbox/inspector/trails/${encodeURIComponent(message_id)}`;
  const { steps } = (await (await fetch(trail)).json()) as Trail;
  const webhook = steps.find(({ kind }) => kind === 'webhook')?.request;
  const page = await world.open();
  const { inspector, line } = phonePage(page);
  await page.route(
    (asked) => asked.pathname.startsWith('/sandbox/inspector/trails/'),
    (route) => route.fulfill({ status: 404, json: { detail: 'Unknown.' } }),
  );
  await page.goto(`${url}/messages/${message_id}`); // as a log prints it: base64, and not encoded
  await inspector.getByText('The runtime knows no way of this message').waitFor();
  await inspector.getByText('live', { exact: true }).waitFor();
  await page.evaluate("fetch('/healthz').then((answer) => answer.text())");
  await page.unrouteAll();
  await fetch(`${url}${webhook?.url}`, {
    method: 'POST',
    headers: { 'x-webhook-secret': webhook?.headers?.['x-webhook-secret'] ?? '' },
    body: JSON.stringify(webhook?.body),
  });
  await inspector.getByText('Webhook received').nth(1).waitFor();
  await inspector.getByText('Status: Read').waitFor();
  await line('You wrote: “Known soon”').waitFor();
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
