import { expect, test } from 'vitest';
import { insideBundle } from '../../support/inside-bundle.ts';

test('the bundle of news holds nothing that only the worker or the sender needs', async () => {
  const { files } = await insideBundle('functions/news/main.ts');
  expect(files).toContainEqual(expect.stringContaining('functions/news/record-status.ts'));
  expect(files.filter((name) => /^functions\/(?!news|chain)/.test(name))).toEqual([]);
  const foreign =
    /shared\/(whatsapp\/(inbound\/(?!foreign-json)|outbound\/)|agent\/answer|secrets\/media-key)|marked/;
  expect(files.filter((name) => foreign.test(name))).toEqual([]);
});
