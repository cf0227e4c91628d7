import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import type { ChannelsDeps } from '../../../functions/channels/deps.ts';
import { channelsHandler } from '../../../functions/channels/handler.ts';
import { type InterceptHook, interceptable } from '../../../infra/local/aws/intercept.ts';
import { startDynamodb } from '../../../infra/local/aws/start-dynamodb.ts';
import { startSsm } from '../../../infra/local/aws/start-ssm.ts';
import { apiEvent } from '../../../infra/local/http/api-event.ts';
import { matchRoute } from '../../../infra/local/http/match-route.ts';
import { ROUTES } from '../../../infra/routes.ts';
import type { ChannelAnswer, ChannelList } from '../../../shared/contract/channel-answer.ts';
import { log } from '../../../shared/kernel/log.ts';
import { openSecrets } from '../../../shared/secrets/secrets.ts';
import { openTable } from '../../../shared/store/table.ts';
import { type AgentDouble, startAgentDouble } from '../../support/runtime-agent.ts';
import { type ProviderDouble, startProviderDouble } from './provider-double.ts';

export const PUBLIC_URL = 'https://channel.example';
export const PREFIX = '/test/channels';

interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; detail: string }[];
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Whichever of the three it is: tests read what they expect, and fail when it is not there. */
  body: ChannelAnswer & ChannelList & Problem;
  text: string;
}

export interface Stage {
  deps: ChannelsDeps;
  agent: AgentDouble;
  provider: ProviderDouble;
  hooks: Set<InterceptHook>;
  /** One request through the handler, as API Gateway hands it over. */
  send(
    methodAndPath: string,
    body?: unknown,
    options?: { ifMatch?: string; deps?: Partial<ChannelsDeps> },
  ): Promise<Answer>;
  /** A channel's input that is good as it stands. */
  input(more?: Record<string, unknown>): Record<string, unknown>;
  /** Creates a channel and answers it. */
  create(more?: Record<string, unknown>): Promise<Answer>;
  /** Moves the clock of the deps. */
  pass(ms: number): void;
  /** Everything that was logged, as one string. */
  logged(): string;
}

/**
 * The admin endpoint with the real SDK against embedded DynamoDB and SSM, an agent and a provider on
 * loopback. Filled before the tests of a file run.
 */
export function openStage(): Stage {
  const stage = {} as Stage;
  const stops: (() => Promise<void>)[] = [];
  const lines: string[] = [];
  let ahead = 0;

  beforeAll(async () => {
    const hooks = new Set<InterceptHook>();
    const dynamodb = await startDynamodb(null, 'test', (listener) =>
      interceptable('dynamodb', hooks, listener),
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
    for (const level of ['info', 'warn', 'error'] as const) {
      vi.spyOn(log, level).mockImplementation((...said: unknown[]) => {
        lines.push(
          JSON.stringify(said, (_, value) =>
            value instanceof Error ? String(value.stack) : value,
          ),
        );
      });
    }
    const deps: ChannelsDeps = {
      table: openTable('test'),
      secrets: openSecrets({ prefix: PREFIX }),
      publicUrl: PUBLIC_URL,
      reach: 'local',
      now: () => Date.now() + ahead,
      random: randomBytes,
      timeLimits: { callMs: 400, allMs: 1_200 },
      lambdaLimit: async () => null,
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

  stage.send = async (methodAndPath, body, { ifMatch, deps } = {}) => {
    const handler = channelsHandler({ ...stage.deps, ...deps });
    const answer = await handler(eventOf(methodAndPath, body, ifMatch), CONTEXT);
    const text = answer.body ?? '';
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers as Record<string, string>,
      body: text ? JSON.parse(text) : null,
      text,
    };
  };
  stage.input = (more = {}) => ({
    title: 'Support',
    token: `key-${randomBytes(12).toString('hex')}`,
    base_url: stage.provider.url,
    agent: { url: stage.agent.url },
    ...more,
  });
  stage.create = (more) => stage.send('POST /admin/channels', stage.input(more));
  stage.pass = (ms) => {
    ahead += ms;
  };
  stage.logged = () => lines.join('\n');
  return stage;
}

const CONTEXT = { awsRequestId: 'request', getRemainingTimeInMillis: () => 29_000 } as Context;

function eventOf(methodAndPath: string, body: unknown, ifMatch: string | undefined) {
  const [method = '', target = ''] = methodAndPath.split(' ');
  const [path = '', query = ''] = target.split('?');
  const match = matchRoute(ROUTES, method, path);
  if (!match) throw new Error(`no endpoint for ${methodAndPath}`);
  const bytes = Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  return apiEvent(
    {
      method,
      path,
      query,
      headers: {
        'content-type': 'application/json',
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      body: bytes,
      sizeBytes: bytes.length,
      sourceIp: '127.0.0.1',
    },
    match,
  );
}
