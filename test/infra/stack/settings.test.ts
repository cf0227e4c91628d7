import { expect, test } from 'vitest';
import { slotsOf } from '../../../infra/concurrency.ts';
import { FUNCTIONS, type FunctionName } from '../../../infra/functions.ts';
import { readSettings } from '../../../infra/stack/settings.ts';
import { statementsOf } from '../../support/stack-rights.ts';
import { synthStack } from '../../support/synth-stack.ts';

const settingsFrom = (context: Record<string, unknown>) =>
  readSettings({ tryGetContext: (name) => context[name] });

test('every setting has a default', () => {
  expect(settingsFrom({})).toEqual({
    stackName: 'dialog360-channel',
    concurrency: 10,
    throttle: 200,
    domain: null,
    alarmEmail: null,
    agentCoreRuntimes: [],
  });
});

test.each(['20', 20])('a number may come from the command line or from cdk.json: %o', (value) => {
  expect(settingsFrom({ concurrency: value }).concurrency).toBe(20);
});

test.each(['9', '10001', '12.5', 'many', 0])('%o functions at once are refused', (value) => {
  expect(() => settingsFrom({ concurrency: value })).toThrow(
    /concurrency must be .* from 10 to 10000, not "/,
  );
});

test.each(['0', '10001', 'all'])('%o calls a second are refused', (value) => {
  expect(() => settingsFrom({ throttle: value })).toThrow(/throttle must be .* from 10 to 10000/);
});

test('who still gives the old setting is told the new one, and nothing is deployed with a wrong number', () => {
  expect(() => settingsFrom({ maxConcurrency: '5' })).toThrow(/maxConcurrency is now concurrency/);
});

test.each([
  { domainName: 'wa.example.com' },
  { certificateArn: 'arn:aws:acm:x' },
])('a domain without its certificate, or the other way round, is refused: %o', (context) => {
  expect(() => settingsFrom(context)).toThrow(/go together/);
});

test('the default address is closed only where the operator says so, and has another one', () => {
  const own = { domainName: 'wa.example.com', certificateArn: 'arn:aws:acm:x' };
  const alone = (context: Record<string, unknown>) => settingsFrom(context).domain?.alone;
  expect(alone(own)).toBe(false);
  expect(alone({ ...own, closeDefaultAddress: 'true' })).toBe(true);
  expect(alone({ ...own, closeDefaultAddress: true })).toBe(true);
  expect(alone({ ...own, closeDefaultAddress: 'false' })).toBe(false);
  expect(() => settingsFrom({ closeDefaultAddress: 'true' })).toThrow(/needs domainName/);
  expect(() => settingsFrom({ ...own, closeDefaultAddress: 'yes' })).toThrow(/true or false/);
});

test('the worker, and the check that asks a question, may invoke the AgentCore runtimes that the operator names, and no others', () => {
  const arn = 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/desk-Ab1';
  expect(settingsFrom({ agentCoreRuntimes: ` ${arn}, ` }).agentCoreRuntimes).toEqual([arn]);
  expect(() => settingsFrom({ agentCoreRuntimes: 'desk-Ab1' })).toThrow(/must be ARNs of runtimes/);
  const allowed = (context: Record<string, unknown>) => {
    const synth = synthStack(context);
    return (Object.keys(FUNCTIONS) as FunctionName[]).flatMap((name) =>
      statementsOf(synth, name)
        .filter(({ actions }) => actions.some((action) => action.startsWith('bedrock-agentcore:')))
        .map(({ actions, resources }) => ({ name, actions, resources })),
    );
  };
  expect(allowed({})).toEqual([]);
  const actions = ['bedrock-agentcore:InvokeAgentRuntime'];
  const resources = [arn, `${arn}/runtime-endpoint/*`];
  expect(allowed({ agentCoreRuntimes: arn })).toEqual([
    { name: 'worker', actions, resources },
    { name: 'channels', actions, resources },
  ]);
});

test('two stacks can be in one account: names, secrets, metrics and triggers follow the settings', () => {
  const { stack, template } = synthStack({ stackName: 'second', concurrency: 50 });
  expect(stack.stackName).toBe('second');
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    ScalingConfig: { MaximumConcurrency: slotsOf(50).triggers.worker },
  });
  template.allResourcesProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: { PARAMETER_PREFIX: '/second/channels', POWERTOOLS_SERVICE_NAME: 'second' },
    },
  });
  // The command has one name, and is told whose stack it is about.
  const written = JSON.stringify(template.toJSON());
  expect(written).toContain('npx dialog360-channel trace --stack second');
  const strange = written
    .replaceAll('npx dialog360-channel trace', '')
    .match(/.{60}dialog360-channel.{20}/g);
  expect(strange).toBeNull();
});
