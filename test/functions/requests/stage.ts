import { randomBytes } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { RequestsDeps } from '../../../functions/requests/deps.ts';
import { requestsHandler } from '../../../functions/requests/handler.ts';
import { CALLS, GUESSES, openThrottle } from '../../../functions/requests/throttle.ts';
import { QUEUES } from '../../../infra/functions.ts';
import { type InterceptHook, interceptable } from '../../../infra/local/aws/intercept.ts';
import { startSqs } from '../../../infra/local/aws/start-sqs.ts';
import { apiEvent } from '../../../infra/local/http/api-event.ts';
import { matchRoute } from '../../../infra/local/http/match-route.ts';
import { ROUTES } from '../../../infra/routes.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { InboundJob, ReplyJob } from '../../../shared/contract/jobs.ts';
import { secretHash } from '../../../shared/kernel/hash.ts';
import { log } from '../../../shared/kernel/log.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { inChatOf } from '../../../shared/store/chat/find-or-make-chat.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { type TestTable, useTable } from '../../support/table.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Tests say what they expect of it. */
  body: Record<string, unknown> & { errors?: { path: string; detail: string }[] };
  text: string;
}

export interface Ask {
  /** Instead of the channel's own. */
  authorization?: string;
  headers?: Record<string, string>;
  /** Instead of JSON. */
  type?: string;
  deps?: Partial<RequestsDeps>;
}

export interface RequestsStage {
  deps: RequestsDeps;
  table: TestTable;
  hooks: Set<InterceptHook>;
  /** An active channel with these options, whose key and token are its id turned round. */
  channel(options?: Record<string, unknown>, more?: Partial<Channel>): Promise<Channel>;
  /** Somebody with this phone who wrote to it a minute ago. */
  visitor(channel: Channel, phone?: string): Promise<Chat>;
  /** `POST /messages`, behind `/v1/channels/{id}`, through the handler. */
  ask(channel: Pick<Channel, 'id'>, endpoint: string, body?: unknown, more?: Ask): Promise<Answer>;
  /** The same for a whole path. */
  call(methodAndPath: string, body?: unknown, more?: Ask): Promise<Answer>;
  /** Takes what was queued in this test since the last time, with its group. */
  outbound(): Promise<{ job: ReplyJob; group: string }[]>;
  inbound(): Promise<{ job: InboundJob; group: string }[]>;
  pass(ms: number): void;
  logged(): string;
}

/** What opens the endpoints of a channel of the stage. */
export const keyOf = ({ id }: Pick<Channel, 'id'>) => `d360c_${[...id].reverse().join('')}`;
export const tokenOf = ({ id }: Pick<Channel, 'id'>) => `token_${[...id].reverse().join('')}`;

/** The endpoints with the real SDK against embedded DynamoDB and SQS. Filled before a file's tests run. */
export function openRequestsStage(): RequestsStage {
  const table = useTable();
  const hooks = new Set<InterceptHook>();
  const stage = { table, hooks } as RequestsStage;
  const lines: string[] = [];
  let stop = async () => {};
  let ahead = 0;
  let made = 0;

  beforeAll(async () => {
    const sqs = await startSqs(null, QUEUES, (listener) => interceptable('sqs', hooks, listener));
    process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
    stop = sqs.stop;
    for (const level of ['info', 'warn', 'error'] as const) {
      vi.spyOn(log, level).mockImplementation((...said: unknown[]) => {
        const spelled = (_: string, value: unknown) =>
          value instanceof Error ? String(value.stack) : value;
        lines.push(JSON.stringify(said, spelled));
      });
    }
    const now = () => Date.now() + ahead;
    stage.deps = {
      table,
      queues: openQueues(sqs.queueUrls),
      secrets: {
        read: async () => ({ token: 'key-1' }) as ChannelSecrets,
        write: () => Promise.reject(new Error('the endpoints write no secrets')),
        remove: () => Promise.reject(new Error('the endpoints remove no secrets')),
      },
      reach: 'local',
      throttle: { calls: openThrottle(CALLS, now), guesses: openThrottle(GUESSES, now) },
      templates: new Map(),
      now,
      newChatId: () => randomBytes(20).toString('hex'),
      newNonce: () => randomBytes(16).toString('hex'),
    };
  });
  beforeEach(async () => {
    hooks.clear();
    await Promise.all([stage.outbound(), stage.inbound()]);
  });
  afterAll(() => stop());

  stage.channel = async (options = {}, more = {}) => {
    const id = `ch_${randomBytes(10).toString('hex')}`;
    const hashed = (secret: string) => [{ sha256: secretHash(secret), valid_until: null }];
    const channel: Channel = {
      id,
      version: 1,
      type: 'messaging',
      connector: 'dialog360',
      title: 'Support',
      hosting: 'cloud',
      base_url: null,
      agent: {
        kind: 'http',
        url: 'https://agent.example',
        timeout_ms: 30_000,
        events: null,
        header_names: [],
      },
      active: true,
      options: parse(channelOptionsSchema, options),
      token_last_four: '1234',
      token_sha256: 'a'.repeat(64),
      secret_version: 1,
      access: {
        webhook_token: [],
        webhook_header: [],
        api_key: hashed(keyOf({ id })),
        incoming_request_token: hashed(tokenOf({ id })),
      },
      created_at: new Date(0).toISOString(),
      updated_at: new Date(0).toISOString(),
      ...more,
    };
    await putItem(table, { ...channelKey(id), ...channel });
    return channel;
  };

  stage.visitor = async (channel, phone = `4917139${String(++made).padStart(6, '0')}`) => {
    const names = { phone, bsuid: null };
    return inChatOf(stage.deps, channel.id, names, (chatId) =>
      recordInbound(table, {
        channelId: channel.id,
        chatId,
        ...names,
        username: '@anna',
        name: 'Anna',
        eventId: 'evt_first',
        inboundAt: stage.deps.now() - 60_000,
        now: stage.deps.now(),
      }),
    );
  };

  stage.ask = (channel, endpoint, body, more = {}) => {
    const [method, path] = endpoint.split(' ');
    const authorization = `Bearer ${keyOf(channel)}`;
    return stage.call(`${method} /v1/channels/${channel.id}${path}`, body, {
      authorization,
      ...more,
    });
  };
  stage.call = async (methodAndPath, body, { deps, ...more } = {}) => {
    const handler = requestsHandler({ ...stage.deps, ...deps });
    const answer = await handler(eventOf(methodAndPath, body, more), CONTEXT);
    const text = answer.body ?? '';
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers as Record<string, string>,
      body: text ? JSON.parse(text) : null,
      text,
    };
  };
  stage.outbound = () => drain(stage.deps.queues.outbound);
  stage.inbound = () => drain(stage.deps.queues.inbound);
  stage.pass = (ms) => {
    ahead += ms;
  };
  stage.logged = () => lines.join('\n');
  return stage;
}

const CONTEXT = { awsRequestId: 'request', getRemainingTimeInMillis: () => 29_000 } as Context;

function eventOf(
  methodAndPath: string,
  body: unknown,
  { authorization, headers, type = 'application/json' }: Omit<Ask, 'deps'>,
) {
  const [method = '', target = ''] = methodAndPath.split(' ');
  const [path = '', query = ''] = target.split('?');
  const match = matchRoute(ROUTES, method, path) ?? expect.fail(`no endpoint for ${methodAndPath}`);
  const bytes = Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  return apiEvent(
    {
      method,
      path,
      query,
      headers: {
        ...(body !== undefined && { 'content-type': type }),
        ...(authorization && { authorization }),
        ...headers,
      },
      body: bytes,
      sizeBytes: bytes.length,
      sourceIp: '127.0.0.1',
    },
    match,
  );
}

/** As a trigger takes them: what comes next in a group waits for what is open. */
async function drain<Job>({ client, url }: { client: SQSClient; url: string }) {
  const taken: { job: Job; group: string }[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['MessageGroupId'],
      }),
    );
    if (Messages.length === 0) return taken;
    for (const { Body = '', Attributes } of Messages) {
      taken.push({ job: JSON.parse(Body) as Job, group: Attributes?.MessageGroupId ?? '' });
    }
    const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
  }
}
