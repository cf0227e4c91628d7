import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { expect, test } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../../infra/functions.ts';
import { statementsOf } from '../../support/stack-rights.ts';
import { synthStack } from '../../support/synth-stack.ts';

/** For each thing the actions that are allowed, without the service's name. */
type Rights = Record<string, string>;

const LOG = 'CreateLogStream PutLogEvents';
const READ = 'GetItem';
const WRITE = 'GetItem PutItem UpdateItem';
const KEEP = 'DeleteItem GetItem PutItem UpdateItem';
const TAKE = 'ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage';
const SEND = 'SendMessage';

/** Everything that each function may do. */
// biome-ignore format: a table reads by column
const ALLOWED: Record<FunctionName, Rights> = {
  webhook:  { log: LOG, table: READ,  inbound: SEND, statuses: SEND },
  worker:   { log: LOG, table: KEEP,  inbound: TAKE, outbound: SEND, news: SEND, secrets: 'GetParameter', 'media key': 'PutParameter' },
  send:     { log: LOG, table: KEEP,  outbound: TAKE, statuses: SEND, news: SEND, secrets: 'GetParameter' },
  statuses: { log: LOG, table: KEEP,  inbound: SEND, outbound: SEND, statuses: TAKE, news: SEND, secrets: 'GetParameter' },
  news:     { log: LOG, table: WRITE, news: TAKE, secrets: 'GetParameter' },
  requests: { log: LOG, table: KEEP,  inbound: SEND, outbound: SEND, secrets: 'GetParameter' },
  media:    { log: LOG, 'table (CHANNEL#* MEDIA#*)': READ, 'table (MEDIA#*)': 'UpdateItem', secrets: 'GetParameter' },
  channels: { log: LOG, table: KEEP,  index: 'Query', secrets: 'DeleteParameter GetParameter PutParameter', account: 'GetAccountSettings' },
  sweep:    { log: LOG, table: 'DeleteItem', index: 'Query', outbound: SEND, statuses: SEND },
};

const synth = synthStack();
const { stack, template, allOf } = synth;
const names = Object.keys(FUNCTIONS) as FunctionName[];

test.each(names)('the function %s may do exactly what this table says', (name) => {
  expect(rightsOf(name)).toEqual(ALLOWED[name]);
});

test('no role has rights from anywhere else', () => {
  const roles = allOf('AWS::IAM::Role');
  expect(roles).toHaveLength(names.length);
  for (const { ManagedPolicyArns, Policies } of roles) {
    expect([ManagedPolicyArns, Policies]).toEqual([undefined, undefined]);
  }
  template.resourceCountIs('AWS::IAM::Policy', names.length);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});

test('no action is a wildcard, and no resource but the parameters of future channels and the account’s settings', () => {
  const statements = names.flatMap((name) => statementsOf(synth, name));
  const wild = (words: string[]) => new Set(words.filter((word) => word.includes('*')));
  const resources = statements.flatMap((statement) => statement.resources);
  expect(wild(statements.flatMap(({ actions }) => actions))).toEqual(new Set());
  expect(wild(resources.map((arn) => JSON.stringify(arn)))).toEqual(new Set([secretsArn(), '"*"']));
  expect(secretsArn()).toContain(':parameter/dialog360-channel/channels/*"');
});

function rightsOf(name: string): Rights {
  const words = wordsForThings(name);
  const rights: Record<string, string[]> = {};
  for (const { actions, resources, partitions } of statementsOf(synth, name)) {
    for (const arn of resources.map((resource) => JSON.stringify(resource))) {
      const word = words.get(arn) ?? arn; // an unknown thing shows itself whole
      const thing = partitions ? `${word} (${partitions.join(' ')})` : word;
      const verbs = actions.map((action) => action.replace(/^\w+:/, ''));
      rights[thing] = [...(rights[thing] ?? []), ...verbs];
    }
  }
  return Object.fromEntries(
    Object.entries(rights).map(([thing, verbs]) => [thing, verbs.sort().join(' ')]),
  );
}

/** The ARN of each thing, as the template spells it → the word for it above. */
function wordsForThings(name: string): Map<string, string> {
  const words = new Map([
    [secretsArn(), 'secrets'],
    [secretsArn('media-key'), 'media key'],
    ['"*"', 'account'],
  ]);
  const say = (arn: string, word: string) => words.set(JSON.stringify(stack.resolve(arn)), word);
  for (const thing of stack.node.findAll()) {
    const path = thing.node.path.split('/').slice(1, -1).join('/');
    if (thing instanceof CfnQueue) say(thing.attrArn, path.replace(/-queue\/jobs$/, ''));
    if (thing instanceof CfnLogGroup) say(thing.attrArn, path === `${name}-log` ? 'log' : path);
    if (thing instanceof CfnTable) {
      say(thing.attrArn, 'table');
      say(`${thing.attrArn}/index/index`, 'index');
    }
  }
  return words;
}

function secretsArn(name = '*'): string {
  const resourceName = `dialog360-channel/channels/${name}`;
  return JSON.stringify(
    stack.resolve(stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName })),
  );
}
