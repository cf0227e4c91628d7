import { expect, test } from 'vitest';
import { inboundItemSchema } from '../../../../shared/contract/inbound-item.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';
import { goldens, pretty } from '../../../support/golden.ts';

const v2 = goldens('fixtures/v2', 'golden/inbound/v2');
const v1 = goldens('fixtures/v1', 'golden/inbound/v1');

test('every sample body of docs/360dialog.md is here', () => {
  expect([v2.length, v1.length]).toEqual([81, 37]);
});

test.each(v2)('v2 $name', async ({ input, output }) => {
  const items = readWebhook(input as Json);
  await expect(pretty(items)).toMatchFileSnapshot(output);
});

test.each(v1)('v1 $name', async ({ input, output }) => {
  const items = readWebhook(input as Json);
  await expect(pretty(items)).toMatchFileSnapshot(output);
});

test.each([...v2, ...v1])('$name keeps the contract, and holds nothing it does not name', ({
  input,
}) => {
  const items = readWebhook(input as Json);
  expect(items.map((item) => parse(inboundItemSchema, item))).toStrictEqual(items);
});
