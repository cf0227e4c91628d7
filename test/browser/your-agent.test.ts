import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { until } from '../support/runtime-until.ts';
import { openConsole, type TestConsole } from './support/open-console.ts';
import { phonePage } from './support/phone-page.ts';

let world: TestConsole;
let agent: ChildProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), 'own-agent-'));
beforeAll(async () => {
  world = await openConsole();
});
afterAll(async () => {
  agent?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  await world?.close();
});

test('a developer connects an agent, sees that it does not answer, starts the printed lines, and is answered', async () => {
  const { port, close } = await listenOnLoopback(() => {});
  await close();
  const page = await world.open();
  const { write, line, phone } = phonePage(page);
  const box = page.getByRole('region', { name: 'Your agent' });
  await box.getByText('The demo agent answers.').waitFor();
  await box.getByRole('button', { name: 'Use your own' }).click();
  await box.getByLabel('Address').fill(`http://127.0.0.1:${port}`);
  // The lines are for the address that was connected, also while the page's list still has the old one.
  const list = Promise.withResolvers<void>();
  await page.route(/\/admin\/channels\?/, async (route) => {
    await list.promise;
    await route.continue();
  });
  await box.getByRole('button', { name: 'Connect' }).click();
  await box.getByText('Agent did not answer').waitFor();
  const lines = await box.locator('pre').innerText();
  expect(lines).toContain(`.listen(${port}, '127.0.0.1')`);
  list.resolve();
  await box.getByText('does not answer', { exact: true }).waitFor();
  const [secret = ''] = (await box.innerText()).match(/whsec_[\w+/=]+/) ?? [];
  expect(lines.split('\n').length).toBeLessThan(13);

  await write('Are you there?');
  await phone.getByText('The agent did not answer and is asked again').first().waitFor();
  await box.getByText('does not answer', { exact: true }).waitFor();
  await box.getByText('ECONNREFUSED').last().waitFor();

  writeFileSync(join(folder, 'agent.mjs'), lines);
  agent = spawn(process.execPath, ['agent.mjs'], {
    cwd: folder,
    env: { ...process.env, AGENT_SECRET: secret },
    stdio: 'ignore',
  });
  await until(() =>
    fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: '{}' }).then(
      (answer) => answer.status === 401,
      () => false,
    ),
  );
  // It is asked again after 2, 5 and 20 seconds.
  await line('You wrote: Are you there?').waitFor();
  await box.getByText(/^answers in/).waitFor();
  expect(await box.innerText()).not.toContain('Agent did not answer');

  await page.reload();
  expect(await box.innerText()).not.toContain(secret);
  // An agent that was given another secret answers, and what it answers is of no use.
  const { id } = (await (await fetch(`${world.runtime.url}/admin/channels`)).json()).channels[0];
  const rotate = `${world.runtime.url}/admin/channels/${id}/rotate-agent-secret?now=true`;
  await fetch(rotate, { method: 'POST' });
  await write('And now?');
  await box.getByText('answer unusable', { exact: true }).waitFor();
  await box.getByText('Its answer cannot be used.').waitFor();

  await box.getByRole('button', { name: 'Back to the demo' }).click();
  await box.getByText('The demo agent answers.').waitFor();
  await write('Who are you?');
  await line('I am the demo agent').waitFor();
  await page.close();
});

test('the pages had no error and called nobody else', () => {
  expect(world.browser.faults()).toEqual([]);
});

test('a developer lets a Rasa assistant answer, and is told of a field that its kind does not have', async () => {
  const { port, close } = await listenOnLoopback((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('[{"recipient_id":"x","text":"Hello from Rasa"}]');
  });
  const page = await world.open();
  const { write, phone } = phonePage(page);
  const box = page.getByRole('region', { name: 'Your agent' });
  await box.getByRole('button', { name: /Use your own|Change/ }).click();
  await box.getByLabel('Kind').selectOption('rasa');
  await box.getByLabel('Address').fill(`http://127.0.0.1:${port}`);
  await box.getByLabel('Settings of the kind, as JSON').fill('{"model": "m"}');
  await box.getByRole('button', { name: 'Connect' }).click();
  await box.getByText('agent.model is not a field of the kind rasa').waitFor();
  await box.getByLabel('Settings of the kind, as JSON').fill('');
  await box.getByRole('button', { name: 'Connect' }).click();
  await box.getByText(`rasa · http://127.0.0.1:${port}`).waitFor();
  await write('Hi');
  await phone.getByText('Hello from Rasa').first().waitFor();
  await close();
});

test('each message that a broken agent leaves unanswered says so on the phone, and what is wrong', async () => {
  const { port, close } = await listenOnLoopback((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"replies": [{"type": "buttons", "text": "When?", "buttons": [null]}]}');
  });
  const page = await world.open();
  const { write, phone, newVisitor } = phonePage(page);
  const box = page.getByRole('region', { name: 'Your agent' });
  await box.getByRole('button', { name: /Use your own|Change/ }).click();
  await box.getByLabel('Kind').selectOption('http');
  await box.getByLabel('Address').fill(`http://127.0.0.1:${port}`);
  await box.getByRole('button', { name: 'Connect' }).click();
  await box.getByText(`http://127.0.0.1:${port}`, { exact: true }).waitFor();
  await newVisitor();
  const refused = phone.locator('.note.refused', { hasText: /buttons\.0/ });
  for (const [at, text] of ['First', 'Second'].entries()) {
    await write(text);
    await refused.nth(at).waitFor();
  }
  await page.reload();
  await refused.nth(1).waitFor();
  await close();

  await box.getByRole('button', { name: 'Change' }).click();
  const connect = async (to: number) => {
    await box.getByLabel('Address').fill(`http://127.0.0.1:${to}`);
    await box.getByRole('button', { name: 'Connect' }).click();
    await box.getByText(`http://127.0.0.1:${to}`, { exact: true }).waitFor();
  };
  const odd = await listenOnLoopback((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"answer": "Hi"}');
  });
  await connect(odd.port);
  await write('Between');
  await phone.locator('.note.agent-answer-odd', { hasText: /it has `answer`/ }).waitFor();
  await odd.close();

  const html = await listenOnLoopback((_, response) => response.end('<html>Hello</html>'));
  await connect(html.port);
  const lost = phone.locator('.note.turn-lost', { hasText: /JSON/ });
  for (const [at, text] of ['Third', 'Fourth'].entries()) {
    await write(text);
    await lost.nth(at).waitFor();
  }
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  await html.close();
  await page.close();
});
