import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FUNCTIONS } from '../../../infra/functions.ts';
import { insideBundle } from '../../support/inside-bundle.ts';

test('the bundle holds no queue, and leaves Lambda’s streams to Lambda', async () => {
  const { files, text } = await insideBundle(
    join(import.meta.dirname, '../../..', FUNCTIONS.media.entry),
  );
  expect(files.filter((file) => /client-sqs|shared\/queues|undici/.test(file))).toEqual([]);
  expect(text).toMatch(/\bawslambda\b/);
  expect(text).not.toContain('http-integration-response'); // what the local runtime does in its place
  expect(text.length).toBeLessThan(400 * 1024);
});
