import { expect, test } from 'vitest';
import { insideBundle } from '../../support/inside-bundle.ts';

test('the bundle holds neither classic zod nor other functions', async () => {
  const { files } = await insideBundle('functions/channels/main.ts');
  expect(files).toContainEqual(expect.stringContaining('zod/v4/mini'));
  expect(files.filter((name) => /zod\/v4\/classic|zod\/v4\/locales/.test(name))).toEqual([]);
  expect(files.filter((name) => /^functions\/(?!channels|chain)/.test(name))).toEqual([]);
});
