import { randomBytes } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { RequestsDeps } from '../../../functions/requests/deps.ts';
import { requestsHandler } from '../../../functions/requests/handler.ts';
import { openTemplateCache } from '../../../functions/requests/template-cache.ts';
import { CALLS, GUESSES, openThrottle } from '../../../functions/requests/throttle.ts';
import { QUEUES } from '../../../infra/functions.ts';
import { type InterceptHook, interceptable } from '../../../infra/local/aws/intercept.ts';
import { startSqs } from '../../../infra/local/aws/start-sqs.ts';
import { Clock } from '../../../infra/local/clock/clock.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import { channelOptionsSchema } from '../../../shared/contract/channel-options.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { InboundJob, ReplyJob } from '../../../shared/contract/jobs.ts';
import { secretHash } from '../../../shared/kernel/hash.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { inChatOf } from '../../../shared/store/chat/find-or-make-chat.ts';
import { recordInbound } from '../../../shared/store/chat/record-inbound.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { callHandler, type HandlerAnswer } from '../../support/call-handler.ts';
import { keepLog } from '../../support/keep-log.ts';
import { type TestTable, useTable } from '../../support/table.ts';

/** The body is read by each test, which says what it expects of it. */
export type Answer = HandlerAnswer<
  Record<string, unknown> & { errors?: { path: string; detail: string }[] }
>;

export interface RequestOptions {
  /** Instead of the channel's own API key. */
  authorization?: string;
  headers?: Record<string, string>;
  /** The content type, instead of JSON. */
  type?: string;
  deps?: Partial<RequestsDeps>;
}

export interface RequestsStage {
  deps: RequestsDeps;
  table: TestTable;
  /** Stand between the function and SQS; gone when the test ends. */
  hooks: Set<InterceptHook>;
  /** An active channel with these options. `keyOf` and `tokenOf` are its secrets. */
  channel(options?: Record<string, unknown>, more?: Partial<Channel>): Promise<Channel>;
  /** The chat of a visitor with this phone, who wrote to the channel a minute ago. */
  visitor(channel: Channel, phone?: string): Promise<Chat>;
  /** One request through the handler with the channel's API key, like `GET /chats/c1` of that channel. */
  ask(
    channel: Pick<Channel, 'id'>,
    endpoint: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<Answer>;
  /** One request through the handler by its whole path, and without an API key. */
  askAt(methodAndPath: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  /** Takes what this test has queued since it was last asked for, with its group. */
  outbound(): Promise<{ job: ReplyJob; group: string }[]>;
  inbound(): Promise<{ job: InboundJob; group: string }[]>;
  /** Moves the clock on. */
  pass(ms: number): void;
  /** Everything that was logged, as one string. */
  logged(): string;
}

/** The API key and the Incoming Request token of a channel that the stage has made: its id, reversed. */
export const keyOf = ({ id }: Pick<Channel, 'id'>) => `d360c_${[...id].reverse().join('')}`;
export const tokenOf = ({ id }: Pick<Channel, 'id'>) => `token_${[...id].reverse().join('')}`;

/**
 * What the tests of the endpoints of docs/contract.md#agent-to-us run on: their handler with the real
 * SDK against embedded DynamoDB and SQS. Filled before the tests of a file run.
 */
export function openRequestsStage(): RequestsStage {
  const table = useTable();
  const hooks = new Set<InterceptHook>();
  const stage = { table, hooks } as RequestsStage;
  let stop = async () => {};
  let ahead = 0;
  let made = 0;

  beforeAll(async () => {
    const sqs = await startSqs(
      null,
      QUEUES,
      (listener) => interceptable('sqs', hooks, listener),
      new Clock(),
    );
    process.env.AWS_ENDPOINT_URL_SQS = sqs.url;
    stop = sqs.stop;
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
      templateCache: openTemplateCache(now),
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
    return inChatOf(stage.deps, { channelId: channel.id }, names, (chatId) =>
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

  stage.ask = (channel, endpoint, body, options = {}) => {
    const [method, path] = endpoint.split(' ');
    const authorization = `Bearer ${keyOf(channel)}`;
    return stage.askAt(`${method} /v1/channels/${channel.id}${path}`, body, {
      authorization,
      ...options,
    });
  };
  stage.askAt = (methodAndPath, body, { authorization, headers, type, deps } = {}) =>
    callHandler(requestsHandler({ ...stage.deps, ...deps }), methodAndPath, body, {
      ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
      ...(authorization && { authorization }),
      ...headers,
    });
  stage.outbound = () => drain(stage.deps.queues.outbound);
  stage.inbound = () => drain(stage.deps.queues.inbound);
  stage.pass = (ms) => {
    ahead += ms;
  };
  stage.logged = keepLog();
  return stage;
}

/** Takes messages as a trigger does: the next one of a group comes when the one before is deleted. */
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
