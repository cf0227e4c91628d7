import { Writable } from 'node:stream';
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { MediaDeps } from '../../../functions/media/deps.ts';
import { mediaHandler } from '../../../functions/media/handler.ts';
import type { Dialog360Double } from '../../../infra/local/dialog360/double.ts';
import { startDouble } from '../../../infra/local/dialog360/start-double.ts';
import type { HttpAnswer } from '../../../infra/local/http/serve.ts';
import { awslambda, HEAD_END, responseStream } from '../../../infra/local/lambda/lambda-streams.ts';
import type { Channel } from '../../../shared/contract/channel.ts';
import type { ChannelSecrets } from '../../../shared/contract/channel-secrets.ts';
import { log } from '../../../shared/kernel/log.ts';
import { type FileFacts, mediaLink } from '../../../shared/rules/agent-event/media-link.ts';
import { MEDIA_BREAKER } from '../../../shared/rules/media/media-breaker.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { type TestTable, useTable } from '../../support/table.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** Whether the answer ended as it should; false: it broke off. */
  whole: boolean;
}

export interface Problem {
  status: number;
  code: string;
  detail: string;
}

export interface MediaStage {
  deps: MediaDeps;
  table: TestTable;
  provider: Dialog360Double;
  /** Where the provider is reached. */
  providerUrl: string;
  channel(more?: Partial<Channel>): Promise<Channel>;
  /** A file that a visitor of the channel has sent. */
  file(bytes: Buffer | string, mimeType?: string): string;
  /** The address that the agent was given of it. */
  link(channel: Channel, mediaId: string, more?: FileFacts & { hours?: number }): string;
  /** One call of the function URL. */
  ask(url: string, more?: { method?: string; headers?: Record<string, string> }): Promise<Answer>;
  /** The same, with the stream in the test's hands. */
  open(url: string, out: Writable, headers?: Record<string, string>): Promise<void>;
  /** The problem document of an answer. */
  problem(answer: Answer): Problem;
  /** What the provider answers, from now on, to requests for such a path; undefined: as it does. */
  answers(path: RegExp, answer: HttpAnswer | ((times: number) => HttpAnswer | undefined)): void;
  /** What the provider was asked since the test began. */
  asked(): string[];
  pass(ms: number): void;
}

const key = { version: 1, secret: 'the key of this stack' };
const HOST = 'https://media.example';
const TOKEN = 'key-1';

/**
 * The media function with the real SDK against embedded DynamoDB, the double of 360dialog on a port of
 * its own, Lambda's streams, and a clock that moves only when it is moved.
 */
export function openMediaStage(): MediaStage {
  const table = useTable();
  const stage = { table } as MediaStage;
  let made = 0;
  let ahead = 0;
  const startedAt = Date.now();
  const now = () => startedAt + ahead;
  let stop = async () => {};

  beforeAll(async () => {
    log.setLogLevel('SILENT');
    const provider = await startDouble();
    const deps: MediaDeps = {
      table,
      secrets: {
        read: async () => ({ token: TOKEN }) as ChannelSecrets,
        write: () => Promise.reject(new Error('the media function writes no secrets')),
        remove: () => Promise.reject(new Error('the media function removes no secrets')),
      },
      mediaKeys: async (version) => (version === key.version ? key : null),
      breaker: MEDIA_BREAKER,
      limits: { reach: 'local', lookUpMs: 2_000, answerMs: 2_000, idleMs: 2_000 },
      now,
    };
    Object.assign(stage, { deps, provider: provider.double, providerUrl: provider.url });
    stop = provider.stop;
  });
  beforeEach(async () => {
    await stage.provider.forget();
  });
  afterAll(() => stop());

  stage.channel = async (more = {}) => {
    made += 1;
    const channel = {
      id: `ch_${String(made).padStart(20, '0')}`,
      version: 1,
      hosting: 'cloud',
      base_url: stage.providerUrl,
      active: true,
      secret_version: 1,
      ...more,
    } as Channel;
    await putItem(table, { ...channelKey(channel.id), ...channel });
    return channel;
  };
  stage.file = (bytes, mimeType = 'image/jpeg') => {
    made += 1;
    const id = String(10 ** 15 + made);
    const { received } = stage.provider.account(TOKEN).files;
    received.set(id, { mimeType, bytes: Buffer.from(bytes as Buffer) });
    return id;
  };
  stage.link = ({ id: channelId }, mediaId, { hours = 24, ...facts } = {}) => {
    const expiresAt = now() + hours * 3_600_000;
    const made = mediaLink({ host: HOST, channelId, mediaId, key, expiresAt, ...facts });
    if ('unavailable' in made) throw new Error(made.unavailable);
    return made.url;
  };
  stage.open = async (url, out, headers = {}) => {
    await run(stage.deps, eventOf(url, 'GET', headers), out);
  };
  stage.ask = async (url, { method = 'GET', headers = {} } = {}) => {
    const chunks: Buffer[] = [];
    const out = takes((chunk) => {
      chunks.push(chunk);
    });
    const whole = await run(stage.deps, eventOf(url, method, headers), out).then(
      () => true,
      () => false,
    );
    return answerIn(Buffer.concat(chunks), whole);
  };
  stage.problem = ({ headers, body }) => {
    if (headers['content-type'] !== 'application/problem+json') throw new Error('no problem');
    return JSON.parse(body.toString()) as Problem;
  };
  stage.answers = (path, answer) => {
    let times = 0;
    stage.provider.onRequest((request) => {
      if (!path.test(request.path)) return undefined;
      times += 1;
      return typeof answer === 'function' ? answer(times) : answer;
    });
  };
  stage.asked = () => stage.provider.requests.map(({ method, path }) => `${method} ${path}`);
  stage.pass = (ms) => {
    ahead += ms;
  };
  return stage;
}

type Run = (event: LambdaFunctionURLEvent, out: Writable, context: Context) => Promise<void>;

const run = (deps: MediaDeps, event: LambdaFunctionURLEvent, out: Writable): Promise<void> =>
  (
    mediaHandler(deps, awslambda as unknown as Parameters<typeof mediaHandler>[1]) as unknown as Run
  )(event, out, { awsRequestId: 'r' } as Context);

function eventOf(url: string, method: string, headers: Record<string, string>) {
  const { pathname: rawPath, search } = new URL(url);
  const http = { method, path: rawPath };
  const rawQueryString = search.slice(1);
  return { rawPath, rawQueryString, headers, requestContext: { http } } as LambdaFunctionURLEvent;
}

function answerIn(bytes: Buffer, whole: boolean): Answer {
  const end = bytes.indexOf(HEAD_END);
  const { statusCode, headers } = JSON.parse(bytes.toString('utf8', 0, end));
  return { status: statusCode, headers, body: bytes.subarray(end + HEAD_END.length), whole };
}

/** The stream of an answer, whose pieces the test takes, each when it resolves. */
export const takes = (take: (chunk: Buffer) => Promise<void> | void): Writable =>
  responseStream(
    new Writable({
      write: (chunk: Buffer, _, done) => {
        void Promise.resolve(take(chunk)).then(() => done());
      },
    }),
  );
