import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hindrances } from './support/axe.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
let world: TestConsole;
beforeAll(async () => {
  world = await openConsole({ data: folder });
});
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a message is replayed as a new one, as a repeat, and changed; its address holds over a restart', async () => {
  const page = await world.open();
  const { write, line, lines, inspector } = phonePage(page);
  await write('Play it again');
  await line('You wrote: “Play it again”').waitFor();
  await inspector.getByText('Status: Read').waitFor();
  const first = page.url();

  const open = async () => {
    const hook = inspector.locator('.step', { hasText: 'Webhook received' }).first();
    await hook.locator('summary').click();
    return hook;
  };
  const again = await open();
  await again.getByRole('button', { name: 'Replay', exact: true }).click();
  await page.waitForURL((url) => url.href !== first);
  await inspector.getByText('Status: Read').waitFor();
  await lines.filter({ hasText: 'You wrote: “Play it again”' }).nth(1).waitFor();

  // The same id: the product knows it, and nobody is answered twice.
  await page.goto(first);
  await inspector.getByText('Status: Read').waitFor();
  await (await open()).getByRole('button', { name: 'Replay with the same id' }).click();
  await inspector.locator('.step', { hasText: 'Webhook received' }).nth(1).waitFor();
  await world.runtime.idle();
  expect(await lines.filter({ hasText: 'You wrote: “Play it again”' }).count()).toBe(2);

  await inspector.getByRole('button', { name: 'Edit and replay' }).first().click();
  const body = page.getByRole('dialog').getByLabel(/^Body/);
  await body.fill('{ no json');
  await page.getByRole('button', { name: 'Post it' }).click();
  await page.getByRole('dialog').getByText('This is not JSON.').waitFor();
  expect(await hindrances(page)).toEqual([]);
  await body.fill(await bodyOf(first, 'Another tune'));
  await page.getByRole('button', { name: 'Post it' }).click();
  await line('You wrote: “Another tune”').waitFor();
  await page.close();
  expect(world.browser.faults()).toEqual([]);

  const { pathname, port } = new URL(first);
  await world.close();
  world = await openConsole({ data: folder, port: Number(port) });
  const later = await world.open(pathname);
  await phonePage(later).inspector.getByText('Status: Read').waitFor();
  await phonePage(later).line('You wrote: “Another tune”').waitFor();
  await later.close();
  expect(world.browser.faults()).toEqual([]);
});

/** The webhook's body of a message, with another text. */
async function bodyOf(url: string, text: string): Promise<string> {
  const id = new URL(url).pathname.split('/').at(-1) ?? '';
  const answer = await fetch(`${world.runtime.url}/sandbox/inspector/trails/${id}`);
  const { steps } = (await answer.json()) as { steps: { request: { body: object } }[] };
  return JSON.stringify(steps[0]?.request.body).replace('Play it again', text);
}
