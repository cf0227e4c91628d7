import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { QUEUES } from '../../../infra/functions.ts';
import { synthStack } from '../../support/synth-stack.ts';

const { allOf } = synthStack();
const root = join(import.meta.dirname, '../../..');

interface Widget {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: { title?: string; metrics?: unknown[][]; query?: string; alarms?: unknown[] };
}

/** CloudFormation puts names in where the template refers to them; any text does here. */
function bodyOf(): { widgets: Widget[] } {
  const [dashboard, ...others] = allOf('AWS::CloudWatch::Dashboard');
  expect(others).toEqual([]);
  const {
    'Fn::Join': [, pieces],
  } = dashboard.DashboardBody;
  return JSON.parse(
    pieces.map((piece: unknown) => (typeof piece === 'string' ? piece : 'x')).join(''),
  );
}

const { widgets } = bodyOf();

test('no two widgets of the dashboard lie on each other, and none leaves its 24 columns', () => {
  const taken = new Map<string, string>();
  for (const { x, y, width, height, properties } of widgets) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column += 1) {
      for (let row = y; row < y + height; row += 1) {
        const cell = `${column} ${row}`;
        expect(taken.get(cell), `${properties.title} at ${cell}`).toBeUndefined();
        taken.set(cell, properties.title ?? 'untitled');
      }
    }
  }
  const rows = Math.max(...widgets.map(({ y, height }) => y + height));
  expect(taken.size).toBe(24 * rows); // and there are no holes
});

test('the dashboard shows every alarm', () => {
  const shown = widgets.flatMap(({ properties }) => properties.alarms ?? []);
  expect(shown).toHaveLength(allOf('AWS::CloudWatch::Alarm').length);
});

test('each figure of our own is one that the code counts or measures', () => {
  const sources = globSync('{functions,shared}/**/*.ts', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const own = widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === 'Dialog360Channel')
    .map(([, name]) => String(name));
  expect(own.length).toBeGreaterThan(10);
  const composed = [
    ...['webhook-message', 'webhook-status', 'reply-failed'],
    ...Object.keys(QUEUES).map((name) => `put-off-${name}`),
  ];
  for (const name of own) {
    const isWritten = sources.includes(`'${name}'`) || composed.includes(name);
    expect(isWritten, name).toBe(true);
  }
});

test('what the log is asked for by channel is what the functions write', () => {
  const queries = widgets.flatMap(({ properties }) => properties.query ?? []);
  expect(queries).toHaveLength(2);
  expect(queries[0]).toContain('filter message = "agent-asked"');
  expect(queries[0]).toMatch(/stats .*took_ms.* by channel_id/);
  expect(queries[1]).toContain('ispresent(billed_as)');
});
