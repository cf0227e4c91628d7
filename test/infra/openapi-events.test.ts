import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeApi } from '../../infra/openapi/describe-api.ts';
import { EVENT_EXAMPLES } from '../../infra/openapi/event-examples.ts';
import { EVENT_SCHEMAS, type EventName } from '../../shared/contract/event-schemas.ts';
import { read } from '../../shared/kernel/parse.ts';

const names = Object.keys(EVENT_SCHEMAS) as EventName[];
const contract = readFileSync(join(import.meta.dirname, '../../docs/contract.md'), 'utf8');

test.each(names)('the example of a %s event is one: the schema drops nothing of it', (name) => {
  const example = JSON.parse(JSON.stringify(EVENT_EXAMPLES[name]));
  expect(read(EVENT_SCHEMAS[name], example)).toEqual({ ok: true, value: example });
});

test.each(names)('a %s event of another type is refused by its schema', (name) => {
  const example = EVENT_EXAMPLES[name];
  const other = { ...example, event: { ...example.event, type: 'other' } };
  expect(read(EVENT_SCHEMAS[name], other).ok).toBe(false);
});

test('the document has a webhook for each event that the contract names, and no other', () => {
  const { webhooks } = describeApi() as { webhooks: Record<string, unknown> };
  const rows = contract.slice(contract.indexOf('### Event types')).matchAll(/^\| `(\w+)` \|/gm);
  const listed = [...rows].map(([, name]) => name ?? '').filter((name) => name in EVENT_SCHEMAS);
  expect(Object.keys(webhooks).toSorted()).toEqual([...new Set(listed)].toSorted());
});
