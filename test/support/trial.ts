// Plays a trial (test/fixtures/trials): a small story in data, told through the whole product.
import { type HttpAnswer, json } from '../../infra/local/http/serve.ts';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import { createChannel, type JourneyChannel } from './create-channel.ts';
import type { Journey } from './journey.ts';
import { startAgentDouble } from './runtime-agent.ts';
import { until } from './runtime-until.ts';
import { type Expectation, filledIn, type TrialWorld } from './trial-values.ts';
import { cloudChange } from './webhook-bodies.ts';

type Fields = Record<string, unknown>;
interface RawAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Trial {
  name: string;
  channel?: Fields;
  /** The agent's answers, in order; then it has no replies. `http`: an answer of any kind. */
  agent?: ({ http: RawAnswer } | Fields)[];
  /** The provider's answer to the n-th message, or to each (`*`). */
  provider?: Record<string, RawAnswer>;
  steps: Step[];
  expect: Expectation[];
}

interface Wait {
  /** One of the numbers is enough. */
  any?: boolean;
  /** How long at most; then the trial goes on, and what it expects will say what is missing. */
  ms?: number;
  turns?: number;
  sends?: number;
  deliveries?: number;
  events?: number;
}

interface Step {
  /** Stands before the body. */
  prefix?: string;
  message?: Fields;
  status?: Fields;
  field?: string;
  field_value?: Fields;
  webhook?: Fields;
  wait?: Wait;
  /** Milliseconds; here until nothing is at work any more, which is sooner. */
  quiet?: number;
  /** The file of the n-th turn is fetched. */
  get_media?: number;
}

/** What was seen: the names that paths of expectations begin with. */
interface Seen {
  http: number[];
  media: { status: number; bytes: number }[];
  turns: AgentEvent[];
  events: AgentEvent[];
  deliveries: unknown[];
  handovers: unknown[];
  updates: AgentEvent[];
  sends: Fields[];
  texts: string[];
  uploads: string[];
}

const PHONE = '491700000042';
const NAME = 'Мария Тест';

let played = 0;

/** Plays a trial on a channel of its own, and resolves to all that was seen. */
export async function playTrial(journey: Journey, trial: Trial, files: string): Promise<Seen> {
  played += 1;
  const key = `trial-key-${played}`;
  const { runtime, provider } = journey;
  const agent = await startAgentDouble();
  const answers = (trial.agent ?? []).map((answer) => answer);
  const world: TrialWorld = {
    files,
    mark: `${key}.${process.pid}`,
    sent: (index) => provider.sent.filter((one) => one.key === key)[index]?.messageId ?? '',
  };
  agent.answerWith(({ event }) => {
    const answer = event.event.type === 'message' ? answers.shift() : undefined;
    return answered(filledIn(answer ?? { replies: [] }, world) as Fields);
  });
  const forget = scriptProvider(journey, key, trial.provider ?? {});
  const {
    agent: agentFields,
    options,
    ...fields
  } = (trial.channel ?? {}) as Record<string, Fields>;
  const channel = await createChannel(runtime.url, {
    ...fields,
    token: key,
    agent: { url: agent.url, ...agentFields },
    options: { typing_indicator: 'off', ...options },
  });

  const told = () => agent.requests.map(({ event }) => event).filter((event) => 'chat' in event);
  const ofType = (type: string) => told().filter(({ event }) => event.type === type);
  const sends = () =>
    provider.requests
      .filter(
        ({ key: of, method, path }) => of === key && method === 'POST' && /messages$/.test(path),
      )
      .map(({ body }) => body as Fields)
      .filter(({ status }) => status === undefined);
  const seen: Seen = {
    http: [],
    media: [],
    get turns() {
      return told().filter((event) => 'message' in event && event.event.type !== 'message_update');
    },
    get events() {
      return told();
    },
    get deliveries() {
      return told().flatMap((event) => ('delivery' in event ? [event.delivery] : []));
    },
    get handovers() {
      return told().flatMap((event) => ('handover' in event ? [event.handover] : []));
    },
    get updates() {
      return ofType('message_update');
    },
    get sends() {
      return sends();
    },
    get texts() {
      return sends().flatMap(({ text }) => (text as { body?: string } | undefined)?.body ?? []);
    },
    get uploads() {
      return sends().flatMap((body) => uploadOf(journey, key, body));
    },
  };
  for (const step of trial.steps) {
    holdFileOf(journey, key, step);
    await takeStep(journey, channel, step, { seen, world });
  }
  await runtime.idle();
  forget();
  await agent.stop();
  return seen;
}

const answered = (answer: Fields): HttpAnswer => {
  const http = answer.http as RawAnswer | undefined;
  if (!http) return json(200, answer);
  const { status, headers = {}, body } = http;
  return typeof body === 'string' ? { status, headers, body } : json(status, body ?? {});
};

function scriptProvider(
  { provider }: Journey,
  key: string,
  script: NonNullable<Trial['provider']>,
): () => void {
  let sends = 0;
  return provider.onRequest(({ key: of, method, path, body }) => {
    const isSend = of === key && method === 'POST' && /messages$/.test(path);
    if (!isSend || (body as Fields).status !== undefined) return undefined;
    const answer = script[String(sends)] ?? script['*'];
    sends += 1;
    return answer && answered({ http: answer });
  });
}

/** What lies at the provider behind each file that a visitor of a trial sends. */
const BYTES = Buffer.from('nine byte');

function holdFileOf({ provider }: Journey, key: string, { message }: Step): void {
  const { id, mime_type: mimeType } = (message?.[String(message.type)] ?? {}) as Record<
    string,
    string
  >;
  if (id && mimeType) provider.account(key).files.received.set(id, { mimeType, bytes: BYTES });
}

/** How the file of a message was uploaded, in the words of its form. */
function uploadOf({ provider }: Journey, key: string, body: Fields): string[] {
  const { id } = (body[String(body.type)] ?? {}) as { id?: string };
  const file = id === undefined ? undefined : provider.account(key).files.find(id);
  return file ? [`filename="${file.filename}"\ncontent-type: ${file.mimeType}`] : [];
}

async function takeStep(
  { runtime, post }: Journey,
  channel: Omit<JourneyChannel, 'webhookHeader'>,
  step: Step,
  { seen, world }: { seen: Seen; world: TrialWorld },
): Promise<void> {
  const { quiet, get_media: turn } = step;
  if (step.wait) return waitFor(step.wait, seen);
  if (quiet !== undefined) return runtime.idle();
  if (turn !== undefined) {
    const event = seen.turns[turn] as unknown as { message: { file: { url: string } } };
    const answer = await fetch(event.message.file.url);
    const { byteLength: bytes } = await answer.arrayBuffer();
    seen.media.push({ status: answer.status, bytes });
    return;
  }
  const body = JSON.stringify(filledIn(bodyOf(step), world));
  seen.http.push(await post(`${step.prefix ?? ''}${body}`, {}, channel.webhookUrl));
}

function bodyOf({ message, status, field, field_value: value, webhook }: Step): unknown {
  const contacts = [{ profile: { name: NAME }, wa_id: PHONE }];
  if (message) {
    const usual = { from: PHONE, id: '$id', timestamp: '$now' };
    return cloudChange('messages', { contacts, messages: [{ ...usual, ...message }] });
  }
  if (status) {
    const usual = { recipient_id: PHONE, timestamp: '$now' };
    return cloudChange('messages', { statuses: [{ ...usual, ...status }] });
  }
  return field ? cloudChange(field, value ?? {}) : webhook;
}

const USUAL_WAIT_MS = 5_000;

async function waitFor({ any = false, ms = USUAL_WAIT_MS, ...wanted }: Wait, seen: Seen) {
  const reached = () =>
    Object.entries(wanted).map(([name, count]) => seen[name as 'turns'].length >= count);
  const isEnough = () => (any ? reached().some(Boolean) : reached().every(Boolean));
  await until(isEnough, { timeoutMs: ms }).catch(() => {});
}
