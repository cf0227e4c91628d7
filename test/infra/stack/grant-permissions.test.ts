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
const TAKE = 'ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage';
const SEND = 'SendMessage';

/** Everything that each function may do, but in the table. */
// biome-ignore format: a table reads by column
const ALLOWED: Record<FunctionName, Rights> = {
  webhook:  { log: LOG, inbound: SEND, statuses: SEND },
  worker:   { log: LOG, inbound: `${TAKE} ${SEND}`, outbound: SEND, news: SEND, secrets: 'GetParameter', 'media key': 'PutParameter' },
  send:     { log: LOG, outbound: TAKE, statuses: SEND, news: SEND, secrets: 'GetParameter' },
  statuses: { log: LOG, inbound: SEND, outbound: SEND, statuses: TAKE, news: SEND, secrets: 'GetParameter' },
  news:     { log: LOG, news: TAKE, secrets: 'GetParameter' },
  requests: { log: LOG, inbound: SEND, outbound: SEND, secrets: 'GetParameter' },
  media:    { log: LOG, secrets: 'GetParameter' },
  channels: { log: LOG, inbound: SEND, outbound: SEND, statuses: SEND, news: SEND, secrets: 'DeleteParameter GetParameter PutParameter', account: 'GetAccountSettings' },
  sweep:    { log: LOG, outbound: SEND, statuses: SEND },
};

/**
 * What each function may do in the table, by partition: G reads, P writes whole, U changes, D removes, Q reads in order,
 * L lists the index, S scans.
 */
// biome-ignore format: a table reads by column
const IN_TABLE: Record<FunctionName, string> = {
  webhook:  'CHANNEL#*:G',
  worker:   'ALIAS#*:DGPU CHANNEL#*:GU CHAT#*:GU DEAD#*:DP DELIVERY#*:G FORMER-ID#*:DGPU HISTORY#*:DPQU JOB#*:U MEDIA#*:GU MESSAGE#*:GU SLOTS#*:GU TURN#*:GU TURNS#*:P',
  send:     'ALIAS#*:DGPU CHANNEL#*:GU CHAT#*:GU DEAD#*:P DELIVERY#*:GPU DUE#*:DP FORMER-ID#*:U HISTORY#*:DP JOB#*:U MESSAGE#*:U SLOTS#*:GU TURN#*:G UPLOADS#*:GU',
  statuses: 'CHANNEL#*:GU CHAT#*:GU DEAD#*:P DELIVERY#*:GU DUE#*:DP HISTORY#*:U JOB#*:U MESSAGE#*:U SLOTS#*:GU TURN#*:G',
  news:     'ALIAS#*:G CHANNEL#*:GU CHAT#*:G DEAD#*:P DELIVERY#*:GU FORMER-ID#*:G JOB#*:U MESSAGE#*:G SLOTS#*:GU TURN#*:GU',
  requests: 'ACCEPTED#*:GP ALIAS#*:DGPU CHANNEL#*:G CHAT#*:GU DEAD#*:DQ DELIVERY#*:GPU DUE#*:P FORMER-ID#*:DGU HISTORY#*:DQ MESSAGE#*:D TURN#*:GPU TURNS#*:DGP',
  media:    'CHANNEL#*:G MEDIA#*:GU',
  channels: 'ALIAS#*:DG CHANNEL#*:DGP CHANNELS:L CHAT#*:GU DEAD#*:DGQU DELIVERY#*:GU DUE#*:GP FORMER-ID#*:DG HISTORY#*:DQ MESSAGE#*:DG TOKEN#*:DGP TURN#*:GU TURNS#*:DG',
  sweep:    '*:S ACCEPTED#*:D ALIAS#*:D CHANNEL#*:DG CHANNELS:L CHAT#*:D DEAD#*:D DELIVERY#*:D DUE#*:DLP FORMER-ID#*:D HISTORY#*:D MEDIA#*:D MESSAGE#*:D SLOTS#*:D TURN#*:D TURNS#*:D UPLOADS#*:D',
};

const synth = synthStack();
const { stack, template, allOf } = synth;
const names = Object.keys(FUNCTIONS) as FunctionName[];

test.each(names)('the function %s may do exactly what these tables say', (name) => {
  expect(rightsOf(name)).toEqual(ALLOWED[name]);
  expect(tableRightsOf(name)).toBe(IN_TABLE[name]);
});

test('a function that everyone may call makes, changes and removes no channel', () => {
  for (const name of ['webhook', 'requests', 'media']) {
    const ofChannels = statementsOf(synth, name).filter(({ partitions }) =>
      partitions?.includes('CHANNEL#*'),
    );
    expect(ofChannels.flatMap(({ actions }) => actions)).toEqual(['dynamodb:GetItem']);
  }
});

test('nothing in the table is allowed without its partitions', () => {
  for (const { actions, partitions } of names.flatMap((name) => statementsOf(synth, name))) {
    const isOfTable = actions.some((action) => action.startsWith('dynamodb:'));
    expect(partitions === null, actions.join()).toBe(!isOfTable);
  }
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

function tableRightsOf(name: string): string {
  const words = wordsForThings(name);
  const letters = new Map<string, string[]>();
  for (const { actions, resources, partitions } of statementsOf(synth, name)) {
    for (const partition of partitions ?? []) {
      const lists = actions.includes('dynamodb:Query');
      const things = resources.map((resource) => words.get(JSON.stringify(resource)));
      const inIndex = lists && things[0] === 'index';
      expect(things).toEqual([inIndex ? 'index' : 'table']);
      const short = actions.map((action) =>
        inIndex ? 'L' : action.replace('dynamodb:', '').charAt(0),
      );
      letters.set(partition, [...(letters.get(partition) ?? []), ...short]);
    }
  }
  return [...letters]
    .map(([partition, short]) => `${partition}:${short.sort().join('')}`)
    .sort()
    .join(' ');
}

function rightsOf(name: string): Rights {
  const words = wordsForThings(name);
  const rights: Record<string, string[]> = {};
  for (const { actions, resources, partitions } of statementsOf(synth, name)) {
    if (partitions) continue;
    for (const arn of resources.map((resource) => JSON.stringify(resource))) {
      const thing = words.get(arn) ?? arn; // an unknown thing shows itself whole
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
