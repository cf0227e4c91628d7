import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ChannelsDeps } from '../../../functions/channels/deps.ts';
import { channelsHandler } from '../../../functions/channels/handler.ts';
import {
  type AwsCall,
  type InterceptHook,
  interceptable,
} from '../../../infra/local/aws/intercept.ts';
import { startDynamodb } from '../../../infra/local/aws/start-dynamodb.ts';
import { startSsm } from '../../../infra/local/aws/start-ssm.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { ChannelAnswer, ChannelList } from '../../../shared/contract/channel-answer.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { openSecrets } from '../../../shared/secrets/secrets.ts';
import { findChannel } from '../../../shared/store/channel/channels.ts';
import { openTable } from '../../../shared/store/table.ts';
import { callHandler, type HandlerAnswer } from '../../support/call-handler.ts';
import { keepLog } from '../../support/keep-log.ts';
import { type ProviderDouble, startProviderDouble } from '../../support/provider-double.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';

export const PUBLIC_URL = 'https://channel.example';
export const PREFIX = '/test/channels';

/** For a test whose attempts must not depend on how fast the machine is. */
export const PLENTY: ChannelsDeps['timeLimits'] = {
  callMs: 5_000,
  allMs: 60_000,
  askMs: 60_000,
};

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; detail: string }[];
}

/** The body is one of the three: tests read what they expect, and fail when it is not there. */
export type Answer = HandlerAnswer<ChannelAnswer & ChannelList & Problem>;

export interface Stage {
  deps: ChannelsDeps;
  agent: AgentDouble;
  provider: ProviderDouble;
  /** Stand between the function and AWS; gone when the test ends. */
  hooks: Set<InterceptHook>;
  /** One request through the handler, as API Gateway hands it over. */
  send(
    methodAndPath: string,
    body?: unknown,
    options?: { ifMatch?: string; deps?: Partial<ChannelsDeps> },
  ): Promise<Answer>;
  /** What an operator sends to create a channel; it is valid as it stands. */
  input(more?: Record<string, unknown>): Record<string, unknown>;
  /** Creates a channel. */
  create(more?: Record<string, unknown>): Promise<Answer>;
  /** The row of a channel, as the table has it. Fails the test when there is none. */
  row(id: string): Promise<Channel>;
  /** The secrets that the row names, read by a function that has nothing in memory. */
  secretsOf(id: string): Promise<ChannelSecrets>;
  /** The function dies right after the n-th call of this kind was carried out: it does nothing more. */
  dieAfter(operation: AwsCall['operation'], nth?: number): void;
  /** Moves the clock on. */
  pass(ms: number): void;
  /** Everything that was logged, as one string. */
  logged(): string;
}

/**
 * What the tests of the admin endpoints run on: its handler with the real SDK against embedded
 * DynamoDB and SSM, and an agent and a provider on loopback. Filled before the tests of a file run.
 */
export function openStage({ readsBehindMs = 0 } = {}): Stage {
  const stage = {} as Stage;
  const stops: (() => Promise<void>)[] = [];
  let ahead = 0;

  beforeAll(async () => {
    const hooks = new Set<InterceptHook>();
    const dynamodb = await startDynamodb(
      null,
      'test',
      (listener) => interceptable('dynamodb', hooks, listener),
      { readsBehindMs },
    );
    const ssm = await startSsm(null, (listener) => interceptable('ssm', hooks, listener));
    Object.assign(process.env, {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'channels',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
      AWS_ENDPOINT_URL_SSM: ssm.url,
    });
    const agent = await startAgentDouble();
    const provider = await startProviderDouble();
    stops.push(dynamodb.stop, ssm.stop, agent.stop, provider.stop);
    const deps: ChannelsDeps = {
      table: openTable('test'),
      // Only what is redriven is queued: letters-stage.ts has the queues for that.
      queues: openQueues({ inbound: '', outbound: '', statuses: '', news: '' }),
      secrets: openSecrets({ prefix: PREFIX }),
      publicUrl: PUBLIC_URL,
      reach: 'local',
      now: () => Date.now() + ahead,
      random: randomBytes,
      timeLimits: { callMs: 400, allMs: 1_200, askMs: 2_000 },
      awsKeys: () => ({ accessKeyId: 'invented', secretAccessKey: 'invented' }),
      lambdaLimit: async () => null,
      concurrency: null,
    };
    Object.assign(stage, { deps, agent, provider, hooks });
  });

  afterEach(() => {
    stage.hooks.clear();
    stage.provider.behave(null);
    stage.agent.answerWith(() => ({ ready: true }));
  });

  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
  });

  stage.send = (methodAndPath, body, { ifMatch, deps } = {}) =>
    callHandler(channelsHandler({ ...stage.deps, ...deps }), methodAndPath, body, {
      'content-type': 'application/json',
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    });
  stage.input = (more = {}) => ({
    title: 'Support',
    token: `key-${randomBytes(12).toString('hex')}`,
    base_url: stage.provider.url,
    agent: { url: stage.agent.url },
    ...more,
  });
  stage.create = (more) => stage.send('POST /admin/channels', stage.input(more));
  stage.row = async (id) => {
    const row = await findChannel(stage.deps.table, id, { consistent: true });
    return row ?? expect.fail('there is no row');
  };
  stage.secretsOf = async (id) =>
    openSecrets({ prefix: PREFIX }).read(id, (await stage.row(id)).secret_version);
  stage.dieAfter = (operation, nth = 1) => {
    let seen = 0;
    stage.hooks.add((call) => {
      if (seen >= nth) return 'refuse';
      if (call.operation === operation && call.moment === 'after') seen += 1;
      return seen >= nth ? 'refuse' : 'pass';
    });
  };
  stage.pass = (ms) => {
    ahead += ms;
  };
  stage.logged = keepLog();
  return stage;
}
