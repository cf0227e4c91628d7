import { afterEach, expect, test, vi } from 'vitest';
import { inboundItemSchema } from '../../../../shared/contract/inbound-item.ts';
import { log } from '../../../../shared/kernel/log.ts';
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

const before = log.getLevelName();
afterEach(() => {
  log.setLogLevel(before);
  vi.restoreAllMocks();
});

test('every fact of a notice stands in its line of the log', () => {
  const notices = [...v2, ...v1]
    .flatMap(({ input }) => readWebhook(input as Json))
    .filter((item) => item.kind === 'notice');
  const written: unknown[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(JSON.parse(String(line)));
    return true;
  });
  log.setLogLevel('INFO');
  for (const { name, facts } of notices) log.info(name, facts);
  expect(written).toMatchObject(notices.map(({ name, facts }) => ({ message: name, ...facts })));
});
