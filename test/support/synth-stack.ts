import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type CfnElement } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import { inject } from 'vitest';
import { ChannelStack } from '../../infra/stack/channel-stack.ts';
import { readSettings } from '../../infra/stack/settings.ts';

const cdkJson = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));

/** Without the bundles, which take longer than all tests of the stack. `.ci/run` builds them. */
const NOT_HERE = { 'aws:cdk:bundling-stacks': [] };

/** The stack as `cdk synth -c …` builds it, feature flags and all. */
export function buildStack(context: Record<string, unknown> = {}): ChannelStack {
  const app = openApp({ ...cdkJson.context, ...NOT_HERE, ...context });
  return new ChannelStack(app, readSettings(app.node));
}

/**
 * An app whose output is removed when the run ends. The folder CDK chooses by itself would stay.
 */
export const openApp = (context: Record<string, unknown> = {}): App =>
  new App({
    context,
    outdir: mkdtempSync(join(inject('synthFolder'), 'cdk.out-')),
    // CDK's own linter takes a second to start; `cdk synth` in `.ci/run` runs it.
    builtinCloudFormationValidation: false,
  });

/** The stack, its template, and how the template refers to a construct of the stack. */
export function synthStack(context: Record<string, unknown> = {}) {
  const stack = buildStack(context);
  const template = Template.fromStack(stack);
  const { Resources } = template.toJSON();
  const id = (path: string) => logicalIdOf(stack, path);
  return {
    stack,
    template,
    id,
    arn: (path: string) => ({ 'Fn::GetAtt': [id(path), 'Arn'] }),
    resource: (path: string) => Resources[id(path)],
    allOf: (type: string) =>
      Object.values(template.findResources(type)).map(({ Properties }) => Properties),
  };
}

/** The id that a construct, named by its path in the stack, has in the template. */
function logicalIdOf(stack: ChannelStack, path: string): string {
  const found = path
    .split('/')
    .reduce<IConstruct>((scope, name) => scope.node.findChild(name), stack);
  return stack.getLogicalId((found.node.defaultChild ?? found) as CfnElement);
}
