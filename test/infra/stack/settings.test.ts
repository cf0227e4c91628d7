import { expect, test } from 'vitest';
import { readSettings } from '../../../infra/stack/settings.ts';
import { synthStack } from '../../support/synth-stack.ts';

const settingsFrom = (context: Record<string, unknown>) =>
  readSettings({ tryGetContext: (name) => context[name] });

test('every setting has a default', () => {
  expect(settingsFrom({})).toEqual({
    stackName: 'dialog360-channel',
    maxConcurrency: 5,
    domain: null,
    alarmEmail: null,
  });
});

test.each(['10', 10])('a number may come from the command line or from cdk.json: %o', (value) => {
  expect(settingsFrom({ maxConcurrency: value }).maxConcurrency).toBe(10);
});

test.each(['1', '1001', '2.5', 'many', 0])('%o functions at once are refused', (value) => {
  expect(() => settingsFrom({ maxConcurrency: value })).toThrow(/from 2 to 1000, not "/);
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

test('two stacks can be in one account: names, secrets, metrics and triggers follow the settings', () => {
  const { stack, template } = synthStack({ stackName: 'second', maxConcurrency: 9 });
  expect(stack.stackName).toBe('second');
  template.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
    ScalingConfig: { MaximumConcurrency: 9 },
  });
  template.allResourcesProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: { PARAMETER_PREFIX: '/second/channels', POWERTOOLS_SERVICE_NAME: 'second' },
    },
  });
  const strange = JSON.stringify(template.toJSON()).match(/.{60}dialog360-channel.{20}/g);
  expect(strange).toBeNull();
});
