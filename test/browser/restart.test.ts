import { inject, test } from 'vitest';
import { bundlesIn } from '../../infra/local/lambda/build-bundles.ts';
import { startRuntime } from '../support/runtime.ts';
import { openBrowser } from './support/open-browser.ts';
import { phonePage } from './support/phone-page.ts';

test('a page that is open while the runtime is started again goes on with the new one', async () => {
  const options = { demo: true, inspect: true, bundles: bundlesIn(inject('bundles')) };
  const first = await startRuntime(options);
  const port = Number(new URL(first.url).port);
  const browser = await openBrowser();
  const page = await browser.open(first.url);
  const { write, line, inspector, phone } = phonePage(page);
  await write('Before');
  await line('You wrote: “Before”').waitFor();
  await first.stop();
  await inspector.getByText('connecting…').waitFor();
  const second = await startRuntime({ ...options, port });
  try {
    await phone.getByText('Write as a visitor would.').waitFor();
    await write('After');
    await line('You wrote: “After”').waitFor();
  } finally {
    await browser.close();
    await second.stop();
  }
});
