import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { bundlesIn } from '../../../infra/local/lambda/build-bundles.ts';
import type { LocalOptions } from '../../../infra/local/runtime.ts';
import { startRuntime, type TestRuntime } from '../../support/runtime.ts';
import { openBrowser, type TestBrowser } from './open-browser.ts';

const TEMPLATES = join(
  import.meta.dirname,
  '../../../infra/local/dialog360/templates/sample-templates.json',
);

export interface TestConsole {
  runtime: TestRuntime;
  browser: TestBrowser;
  /** Opens a page of the console as a new user would: nothing is remembered. */
  open(path?: string, size?: { width: number; height: number }): Promise<Page>;
  close(): Promise<void>;
}

/** The runtime as `npm start` has it, on a free port, and a browser to look at it. */
export async function openConsole(options: Partial<LocalOptions> = {}): Promise<TestConsole> {
  const [runtime, browser] = await Promise.all([
    startRuntime({
      demo: true,
      inspect: true,
      templates: TEMPLATES,
      bundles: bundlesIn(inject('bundles')),
      ...options,
    }),
    openBrowser(),
  ]);
  return {
    runtime,
    browser,
    open: async (path = '/', size) => {
      const page = await browser.open(runtime.url, size);
      await page.evaluate(() => localStorage.clear());
      await page.goto(runtime.url + path);
      return page;
    },
    close: async () => {
      await browser.close();
      await runtime.stop();
    },
  };
}
