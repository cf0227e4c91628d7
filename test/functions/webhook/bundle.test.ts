import { expect, test } from 'vitest';
import { insideBundle } from '../../support/inside-bundle.ts';

test('the webhook’s bundle, which must start fast, holds no zod, no third client and no module loader', async () => {
  const { files, text } = await insideBundle('functions/webhook/main.ts');
  expect(files).toContainEqual(expect.stringContaining('client-sqs'));
  expect(files.filter((name) => /\/zod\/|client-ssm|marked/.test(name))).toEqual([]);
  // A real `import()` of node:http starts the loader of ES modules and, through it, all of undici.
  expect(text.match(/\bimport\(/g)).toBeNull();
});
