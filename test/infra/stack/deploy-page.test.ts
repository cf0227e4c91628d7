import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from '../../../infra/stack/settings.ts';
import { synthStack } from '../../support/synth-stack.ts';

const root = join(import.meta.dirname, '../../..');
const page = (path: string) => readFileSync(join(root, path), 'utf8');
const deploy = page('docs/deploy.md');
const pages = ['README.md', 'infra/RUNBOOK.md', ...globSync('docs/**/*.md', { cwd: root })];
const written = pages.map(page).join('\n');

// The next deployment without it takes a setting of the command line back: a domain, the alarms' address.
test('no page sets a setting for one deployment only', () => {
  const names: string[] = [];
  readSettings({
    tryGetContext: (name) => {
      names.push(name);
    },
  });
  expect(names).toEqual(expect.arrayContaining(['stackName', 'domainName', 'alarmEmail']));
  expect(names.filter((name) => written.includes(`-c ${name}`))).toEqual([]);
  const isTold = (name: string) => page('README.md').includes(`\`${name}\``);
  expect(names.filter((name) => !isTold(name))).toEqual(['maxConcurrency']);
});

test('the page on deploying names each service that the stack makes things in, and each output it has', () => {
  const own = {
    domainName: 'wa.example.com',
    certificateArn: 'arn:aws:acm:x',
    alarmEmail: 'a@b.c',
  };
  const { Resources, Outputs } = synthStack(own).template.toJSON();
  const types = Object.values<{ Type: string }>(Resources).map(({ Type }) => Type);
  const services = types.flatMap((type) => type.match(/^AWS::(\w+?)(?:V2)?::/)?.[1] ?? []);
  const missing = [...new Set(services)].filter(
    (service) => !deploy.includes(`\`${service.toLowerCase()}\``),
  );
  expect(missing).toEqual([]);
  const outputs = `${deploy}${page('infra/RUNBOOK.md')}`.match(
    /\b(?:TableName|AdminArn|DomainTarget|MediaUrl|ApiUrl|\w+QueueUrl|\w+DeadLettersArn)\b/g,
  );
  expect([...new Set(outputs)].filter((name) => !(name in Outputs))).toEqual([]);
});

test('the page on deploying counts the alarms, and the metrics that they look at, as they are', () => {
  const alarms = synthStack().allOf('AWS::CloudWatch::Alarm');
  const looked = alarms.map(
    ({ Metrics }) => Metrics?.filter((one: object) => 'MetricStat' in one).length ?? 1,
  );
  const metrics = looked.reduce((sum, count) => sum + count, 0);
  expect(deploy.replaceAll('\n', ' ')).toContain(
    `${alarms.length} alarms at 0.10 for each of their ${metrics} metrics ${(metrics / 10).toFixed(2)}`,
  );
});
