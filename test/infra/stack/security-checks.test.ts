import { Stack, Validations } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { expect, test } from 'vitest';
import { ROUTES } from '../../../infra/routes.ts';
import { buildStack, openApp } from '../../support/synth-stack.ts';

const findingsIn = (root: IConstruct) =>
  new AwsSolutionsChecks(root)
    .validateScope(root)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );

/** The findings that the stack acknowledges, each with its reason. */
const excusesIn = (root: IConstruct) =>
  root.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .map(({ data }) => data as Record<string, string>);

test('AwsSolutions finds nothing that the stack does not explain', () => {
  expect(findingsIn(buildStack().node.root)).toEqual([]);
});

test('every explanation is a sentence, and belongs to a finding', () => {
  const { root } = buildStack().node;
  const excuses = excusesIn(root);
  const unsigned = ROUTES.filter(({ auth }) => auth === 'none').length;
  expect(excuses).toHaveLength(unsigned + 2);
  for (const reason of excuses.flatMap(Object.values)) expect(reason).toMatch(/^[A-Z].{60,}\.$/);

  for (const excuse of excuses) for (const id of Object.keys(excuse)) delete excuse[id];
  const findings = findingsIn(root).map((finding) => finding.replace(/(\[.*)? at .*/, ''));
  expect(new Set(findings)).toEqual(new Set(['AwsSolutions-APIG4', 'AwsSolutions-IAM5']));
  expect(findings.filter((finding) => finding === 'AwsSolutions-APIG4')).toHaveLength(unsigned);
});

test('the checks work: they find a queue that allows calls without TLS', () => {
  const app = openApp();
  new Queue(new Stack(app, 'naive'), 'queue');
  expect(findingsIn(app)).toContain('AwsSolutions-SQS4 at naive/queue/Resource');
});
