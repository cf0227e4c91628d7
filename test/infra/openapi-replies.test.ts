import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeApi } from '../../infra/openapi/describe-api.ts';
import { COMMON_FIELDS, REPLY_NOTES } from '../../infra/openapi/reply-notes.ts';
import { type Reply, readReply } from '../../shared/contract/reply.ts';

interface Shape {
  description?: string;
  properties: Record<string, { description?: string; const?: string }>;
  examples: Record<string, unknown>[];
}
const { components } = describeApi() as {
  components: { schemas: { Reply: { anyOf: [unknown, ...Shape[]] } } };
};
const [, ...shapes] = components.schemas.Reply.anyOf;
const types = shapes.map((shape) => ({ type: shape.properties.type?.const ?? '', shape }));
const contract = readFileSync(join(import.meta.dirname, '../../docs/contract.md'), 'utf8');
const section = contract.slice(contract.indexOf('### Replies'), contract.indexOf('## Agent to us'));

test.each(types)('$type and each of its fields says what it means, and no sentence is left over', ({
  type,
  shape,
}) => {
  expect(shape.description).toBeTruthy();
  const silent = Object.entries(shape.properties).filter(([, field]) => !field.description);
  expect(silent.map(([name]) => name)).toEqual([]);
  const { fields } = REPLY_NOTES[type as Reply['type']];
  expect(Object.keys({ ...COMMON_FIELDS, ...fields }).toSorted()).toEqual(
    Object.keys(shape.properties).toSorted(),
  );
});

test.each(types)('the examples of $type are read as they stand, and have each of its fields', ({
  type,
  shape,
}) => {
  for (const example of shape.examples) {
    expect(readReply(example)).toMatchObject({ ok: true, reply: withLabels(example) });
  }
  const shown = new Set(shape.examples.flatMap((example) => Object.keys(example)));
  const wanted = Object.keys(shape.properties).filter(
    (name) => type === 'text' || name === 'type' || !(name in COMMON_FIELDS),
  );
  expect(wanted.filter((name) => !shown.has(name))).toEqual([]);
});

/** A label alone is short for a button. */
const withLabels = ({ buttons, ...reply }: Record<string, unknown>) => ({
  ...reply,
  ...(Array.isArray(buttons) && {
    buttons: buttons.map((one) => (typeof one === 'string' ? { label: one } : one)),
  }),
});

test('the contract’s table has the same types with the same fields', () => {
  const rows = [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \| /gm)];
  const told = rows
    .filter(([, name = '']) => name in REPLY_NOTES)
    .map(([, name = '', fields = '']) => [
      name,
      [...fields.replaceAll(/\([^)]*\)/g, '').matchAll(/`(\w+)\??`/g)].map(([, field]) => field),
    ]);
  const described = types.map(({ type }) => [
    type,
    Object.keys(REPLY_NOTES[type as Reply['type']].fields),
  ]);
  expect(told).toEqual(described);
});
