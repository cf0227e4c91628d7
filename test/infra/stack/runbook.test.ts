import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAILURES } from '../../../shared/kernel/failure.ts';
import { synthStack } from '../../support/synth-stack.ts';

const root = join(import.meta.dirname, '../../..');
const runbook = readFileSync(join(root, 'infra/RUNBOOK.md'), 'utf8');
const alarms = synthStack()
  .allOf('AWS::CloudWatch::Alarm')
  .map((alarm) => ({ ...alarm, slug: String(alarm.AlarmDescription).split(':')[0] ?? '' }));

describe('the operator reads:', () => {
  const sections = [...runbook.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)].map(
    ([, slug = '', text = '']) => ({ slug, text }),
  );

  test.each(
    alarms,
  )('the alarm $slug says what visitors see and names its section of the runbook', ({
    slug,
    ...alarm
  }) => {
    expect(alarm.AlarmDescription).toMatch(
      new RegExp(`^${slug}: [A-Z].{30,}\\.\nWhat to do: infra/RUNBOOK\\.md#${slug}$`),
    );
    expect(sections.find((section) => section.slug === slug)?.text).toMatch(
      /\*\*Visitors see\*\*[\s\S]+\*\*Look at\*\*[\s\S]+\*\*Do\*\*/,
    );
  });

  /** The tables explain what an operator comes to with a code, a metric or a line in hand. */
  const tables = ['Failure codes', 'Codes of replies', 'What is counted', 'What is only logged'];

  test.each([
    ...alarms.map(({ slug }) => slug),
    ...tables,
  ])('the section %s ends with the command to type', (slug) => {
    const text = sections.find((section) => section.slug === slug)?.text ?? '';
    expect(text.trimEnd()).toMatch(/\n```sh\n(?:aws|npx) [^`]+\n```$/);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (read 2026-11-30): a term
  // with anything but letters, digits and underscores has to stand in double quotes; the shell takes those away.
  test.each(
    [...runbook.matchAll(/--filter-pattern (.+)$/gm)].map(([, pattern = '']) => pattern),
  )('the log takes the pattern %s as it is typed', (pattern) => {
    expect(pattern).toMatch(/^'\??(?:\w+|"[^"']+")(?: \??(?:\w+|"[^"']+"))*'$/);
  });

  test.each(Object.keys(FAILURES))('the runbook has a row for the failure code %s', (code) => {
    expect(runbook).toMatch(new RegExp(`^\\| \`${code}\` \\|( [^|]{4,} \\|){3}$`, 'm'));
  });

  test('the runbook has a row for each code of a reply that did not arrive', () => {
    const contract = readFileSync(join(root, 'docs/contract.md'), 'utf8');
    const [, deliveries = ''] = contract.split('### Deliveries');
    const [told = ''] = deliveries.split('| what bent |');
    const codes = [...told.matchAll(/^\| `([a-z<>-]+)` \|/gm)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(15);
    const { text = '' } = sections.find(({ slug }) => slug === 'Codes of replies') ?? {};
    expect(codes.filter((code) => !new RegExp(`^\\|[^|]*\`${code}\``, 'm').test(text))).toEqual([]);
  });

  const sources = globSync('{functions,shared}/**/*.ts', { cwd: root }).map((file) =>
    readFileSync(join(root, file), 'utf8'),
  );
  const namesIn = (call: RegExp) =>
    new Set(sources.flatMap((source) => [...source.matchAll(call)]).map(([, name = '']) => name));

  test.each([
    ...namesIn(/\blog\.(?:warn|error)\(\s*'([a-z-]+)/g),
  ])('the runbook explains the log line %s', (name) => {
    expect(runbook).toContain(`\`${name}\``);
  });

  test('the warnings that the runbook lists as not counted are logged as warnings', () => {
    const { text = '' } = sections.find(({ slug }) => slug === 'What is only logged') ?? {};
    const listed = [...text.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name = '']) => name);
    const warned = namesIn(/\blog\.warn\(\s*'([a-z-]+)/g);
    expect(listed.length).toBeGreaterThan(20);
    expect(listed.filter((name) => !warned.has(name))).toEqual([]);
  });

  test.each([
    ...namesIn(/\b(?:count|measure)\(\s*['`]([a-z-]+)/g),
  ])('the runbook explains the metric %s', (name) => {
    // A name that is composed at run time begins the same way in the runbook: `reply-<status>`.
    expect(runbook).toContain(name.endsWith('-') ? `\`${name}<` : `\`${name}\``);
  });
});
