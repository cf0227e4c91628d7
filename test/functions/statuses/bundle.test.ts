import { expect, test } from 'vitest';
import { insideBundle } from '../../support/inside-bundle.ts';

test('the bundle of statuses holds nothing that only the worker, the sender or news needs', async () => {
  const { files } = await insideBundle('functions/statuses/main.ts');
  expect(files).toContainEqual(expect.stringContaining('functions/statuses/record-status.ts'));
  expect(files.filter((name) => /^functions\/(?!statuses|chain)/.test(name))).toEqual([]);
  const foreign = /shared\/(whatsapp\/(inbound|outbound)\/|agent\/|secrets\/media-key)|marked/;
  expect(files.filter((name) => foreign.test(name))).toEqual([]);
});
