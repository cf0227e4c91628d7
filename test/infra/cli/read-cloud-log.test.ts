import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AwsAccount } from '../../../infra/cli/aws-account.ts';
import { readCloudLog } from '../../../infra/cli/log/read-cloud-log.ts';
import { type Listening, listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../../infra/local/http/serve.ts';
import { signatureFault } from '../../support/aws-signature.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const account: AwsAccount = {
  region: 'eu-west-3',
  credentials,
  renewed: async () => credentials,
};
const ID = `evt_${'a'.repeat(32)}`;

let aws: Listening;
/** What AWS was asked, by its action. */
let asked: Record<string, Record<string, unknown>>;
/** What it answers instead. */
let instead: Record<string, HttpAnswer>;
/** How often it says that the query runs. */
let running = 0;

beforeAll(async () => {
  aws = await listenOnLoopback(serve(answerTo));
});
afterAll(() => aws.close());
beforeEach(() => {
  asked = {};
  instead = {};
  running = 2;
});

function answerTo(ask: HttpAsk): HttpAnswer {
  const target = ask.headers['x-amz-target'];
  const service = target ? 'logs' : 'cloudformation';
  const fault = signatureFault(ask, credentials, { service, region: account.region });
  if (fault) return json(400, { __type: 'InvalidSignatureException', message: fault });
  if (!target) {
    const { Action = '', ...more } = Object.fromEntries(new URLSearchParams(ask.body.toString()));
    asked[Action] = more;
    return instead[Action] ?? resources(more.NextToken);
  }
  const action = target.split('.').at(-1) ?? '';
  asked[action] = JSON.parse(ask.body.toString());
  if (instead[action]) return instead[action];
  if (action === 'StartQuery') return json(200, { queryId: 'q1' });
  running -= 1;
  return json(
    200,
    running >= 0 ? { status: 'Running', results: [] } : { status: 'Complete', results },
  );
}

/** Two pages, with what is no log of a function among them. */
const resources = (page: string | undefined): HttpAnswer => ({
  status: 200,
  body: `<ListStackResourcesResponse><ListStackResourcesResult>${page ? '' : '<NextToken>second&amp;last</NextToken>'}<StackResourceSummaries>${(page
    ? [['sendlog7F', 'AWS::Logs::LogGroup', 'dialog360-send-1']]
    : [
        ['workerlog1A', 'AWS::Logs::LogGroup', 'dialog360-worker-1'],
        ['worker2B', 'AWS::Lambda::Function', 'dialog360-worker-2'],
        ['apiaccesslog3C', 'AWS::Logs::LogGroup', 'dialog360-access'],
      ]
  )
    .map(
      ([id, type, name]) =>
        `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType><PhysicalResourceId>${name}</PhysicalResourceId></member>`,
    )
    .join('')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`,
});

const line = (group: string, entry: object) => [
  { field: '@timestamp', value: '2026-11-22 10:00:00.000' },
  { field: '@message', value: JSON.stringify(entry) },
  { field: '@log', value: `123456789012:${group}` },
  { field: '@ptr', value: 'x' },
];
const entry = { level: 'INFO', timestamp: '2026-11-22T10:00:00.000Z', service: 'dialog360' };
const results = [
  line('dialog360-worker-1', { ...entry, message: 'agent-asked', trace_id: ID, took_ms: 7 }),
  line('dialog360-send-1', { ...entry, message: 'part-attempted', trace_id: ID, part: 0 }),
  // It names the id somewhere, and is about another.
  line('dialog360-send-1', { ...entry, message: 'part-attempted', trace_id: 'evt_b', reason: ID }),
  [{ field: '@message', value: `no JSON ${ID}` }],
];

const read = () => {
  const endpoint = `http://127.0.0.1:${aws.port}`;
  const endpoints = { cloudformation: endpoint, logs: endpoint };
  return readCloudLog(
    account,
    { stack: 'second', endpoints, lookEveryMs: 1 },
    { ids: [ID, 'req_c'], from: 1_000_400, until: 2_000_600 },
  );
};

test('the log groups of the stack are asked for the ids, within the time, until the query has ended', async () => {
  const found = await read();
  expect(found).toEqual({
    lines: [
      {
        at: Date.parse(entry.timestamp),
        room: 'worker',
        name: 'agent-asked',
        level: 'INFO',
        facts: { trace_id: ID, took_ms: 7 },
      },
      {
        at: Date.parse(entry.timestamp),
        room: 'send',
        name: 'part-attempted',
        level: 'INFO',
        facts: { trace_id: ID, part: 0 },
      },
    ],
    missing: [],
  });
  expect(asked.ListStackResources).toMatchObject({ StackName: 'second', NextToken: 'second&last' });
  expect(asked.StartQuery).toMatchObject({
    logGroupNames: ['dialog360-worker-1', 'dialog360-send-1'],
    startTime: 1_000,
    endTime: 2_001,
    queryString: expect.stringContaining(`filter @message like /${ID}|req_c/`),
  });
  expect(asked.GetQueryResults).toEqual({ queryId: 'q1' });
});

const denied = json(400, { __type: 'AccessDeniedException', message: 'not allowed' });

// biome-ignore format: a table reads by column
test.each([
  { action: 'ListStackResources', answer: { status: 403, body: '<Message>not allowed</Message>' }, says: 'CloudFormation does not list what the stack second has: not allowed' },
  { action: 'ListStackResources', answer: { status: 200, body: '<x/>' }, says: 'the stack second has no log groups of ours' },
  { action: 'StartQuery', answer: denied, says: 'CloudWatch Logs says to StartQuery: not allowed' },
  { action: 'StartQuery', answer: { status: 502, body: '<html>' }, says: 'CloudWatch Logs says to StartQuery: HTTP 502' },
  { action: 'GetQueryResults', answer: denied, says: 'CloudWatch Logs says to GetQueryResults: not allowed' },
  { action: 'GetQueryResults', answer: json(200, { status: 'Failed' }), says: 'the query ended Failed' },
])('when $action cannot be had, a sentence says so: $says', async ({ action, answer, says }) => {
  instead = { [action]: answer };
  expect(await read()).toEqual({ lines: [], missing: [`The log cannot be read: ${says}.`] });
});
