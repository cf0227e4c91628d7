import { expect, test } from 'vitest';
import { insideBundle } from '../../support/inside-bundle.ts';

test('the bundle of news holds nothing that only the worker, the sender or statuses needs', async () => {
  const { files } = await insideBundle('functions/news/main.ts');
  expect(files).toContainEqual(expect.stringContaining('functions/news/tell-delivery.ts'));
  expect(files.filter((name) => /^functions\/(?!news|chain)/.test(name))).toEqual([]);
  const foreign = /shared\/(whatsapp\/|agent\/answer|dialog360\/|secrets\/media-key)|marked/;
  expect(files.filter((name) => foreign.test(name))).toEqual([]);
});
