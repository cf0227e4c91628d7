import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

export interface TestBrowser {
  /** Opens an address in a tab of its own. */
  open(url: string, size?: { width: number; height: number }): Promise<Page>;
  /** What no page may have: errors in the console, and calls to other machines. */
  faults(): string[];
  close(): Promise<void>;
}

/** For a machine without a screen, as root, and without a word to anybody but the tests. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** What a page does not show by then it never shows, also on a machine that is busy with other things. */
const PATIENCE_MS = 60_000;
const LAPTOP = { width: 1440, height: 900 };
/** Asked for on purpose: the page says what the endpoint has refused. */
const REFUSAL = /the server responded with a status of 4\d\d/;

/** Starts Chromium with an empty profile, which is removed when it closes. */
export async function openBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'console-profile-'));
  const faults: string[] = [];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? '',
    headless: true,
    args: FLAGS,
    locale: 'en-GB',
    viewport: LAPTOP,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  watch(context, faults);
  return {
    open: async (url, size = LAPTOP) => {
      const page = await context.newPage();
      await page.setViewportSize(size);
      await page.goto(url);
      return page;
    },
    faults: () => faults,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

function watch(context: BrowserContext, faults: string[]): void {
  context.on('console', (message) => {
    if (message.type() !== 'error' || REFUSAL.test(message.text())) return;
    faults.push(message.text());
  });
  context.on('weberror', (error) => {
    faults.push(String(error.error()));
  });
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isHere = hostname === 'localhost' || hostname === '127.0.0.1';
    if (protocol.startsWith('http') && !isHere) faults.push(`asked ${hostname}`);
  });
}
