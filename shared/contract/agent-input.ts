import * as z from 'zod/mini';
import { nearest } from '../kernel/nearest.ts';
import { nestsDeeperThan } from '../kernel/nesting.ts';
import { AGENT_KINDS, KIND_SETTINGS, takesSetting } from './agent-kind.ts';
import { apiKeySchema } from './api-key-input.ts';
import { deliveryStatusSchema } from './delivery-news.ts';
import { headersSchema } from './headers-input.ts';

const MAX_ADDRESS = 2048;
/** The row of a channel is read in every turn. */
const MAX_PROMPT = 20_000;
const MAX_BODY_BYTES = 16_384;

export const addressSchema = (error: string) =>
  z.string({ error }).check(z.minLength(1, error), z.maxLength(MAX_ADDRESS, error));

/** Every name `agent.events` may hold. */
const EVENT_NAMES: readonly string[] = [
  'message',
  'unsupported',
  'incoming_request',
  'notification',
  'message_update',
  'handover',
  'visitor_changed',
  'payment',
  'delivery',
  ...deliveryStatusSchema.options.map((status) => `delivery:${status}`),
];
const eventName = z.enum(EVENT_NAMES as [string, ...string[]], {
  error: ({ input }) => {
    const meant = typeof input === 'string' ? nearest(input, EVENT_NAMES) : null;
    return `is no event name${meant ? `: did you mean ${meant}?` : `; there are ${EVENT_NAMES.join(', ')}`}`;
  },
});

const timeoutError = 'must be a whole number from 1000 to 120000';
const eventsError = 'must be null or a list of event names, like message or delivery:read';
const arnError =
  'must be the ARN of an AgentCore runtime, like arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/name';
/** Also without a version or endpoint behind it: those are the qualifier's. */
const RUNTIME_ARN =
  /^arn:aws[a-z-]{0,10}:bedrock-agentcore:[a-z0-9-]{5,30}:[0-9]{12}:runtime\/[A-Za-z0-9_-]{1,100}$/;

const words = (max: number) => {
  const error = `must be text of 1 to ${max} characters`;
  return z.string({ error }).check(z.minLength(1, error), z.maxLength(max, error));
};
const tokens = () => {
  const error = 'must be a whole number from 1 to 1000000';
  return z.number({ error }).check(z.int(error), z.minimum(1, error), z.maximum(1_000_000, error));
};
/** A setting that a kind may lack: null clears it, as leaving it out at creation does. */
const setting = <S extends z.ZodMiniType>(schema: S) => z.optional(z.nullable(schema));

/** DynamoDB takes 32 levels, numbers up to 1e125 and no empty name. */
const BODY_LEVELS = 20;
const isKeepable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).every(([name, inner]) => name !== '' && isKeepable(inner))
    : typeof value !== 'number' || Math.abs(value) < 1e100;
const bodyError = `must be JSON that is written in at most ${MAX_BODY_BYTES} characters and nests at most ${BODY_LEVELS} levels deep, without empty names and numbers beyond 1e100`;
const isStorable = z.refine<unknown>(
  (value) =>
    !nestsDeeperThan(BODY_LEVELS, value) &&
    isKeepable(value) &&
    JSON.stringify(value).length <= MAX_BODY_BYTES,
  { error: bodyError },
);
/** RFC 6901, with `*` for every member. */
const pointerError = 'must be a JSON pointer, like /answer or /messages/*/text';

const shape = {
  kind: z._default(
    z.enum(AGENT_KINDS, {
      error: ({ input }) => {
        const meant = typeof input === 'string' ? nearest(input, AGENT_KINDS) : null;
        return meant ? `did you mean ${meant}?` : `must be one of ${AGENT_KINDS.join(', ')}`;
      },
    }),
    'http',
  ),
  url: z._default(z.nullable(addressSchema('must be the address of the agent')), null),
  headers: z._default(headersSchema, {}),
  api_key: apiKeySchema,
  timeout_ms: z._default(
    z
      .number({ error: timeoutError })
      .check(z.int(timeoutError), z.minimum(1_000, timeoutError), z.maximum(120_000, timeoutError)),
    30_000,
  ),
  events: z._default(
    z.nullable(z.array(eventName, { error: eventsError }).check(z.maxLength(50, eventsError))),
    null,
  ),
  operator_marker: setting(words(100)),
  close_marker: setting(words(100)),
  model: setting(words(200)),
  system_prompt: setting(words(MAX_PROMPT)),
  max_tokens: setting(tokens()),
  max_completion_tokens: setting(tokens()),
  extra_body: setting(
    z.record(z.string(), z.unknown(), { error: 'must be an object' }).check(isStorable),
  ),
  assistant_id: setting(words(200)),
  runtime_arn: setting(z.string({ error: arnError }).check(z.regex(RUNTIME_ARN, arnError))),
  qualifier: setting(words(100)),
  request: z.optional(z.unknown().check(isStorable)),
  answer: setting(words(500).check(z.startsWith('/', pointerError))),
  session: setting(words(500).check(z.startsWith('/', pointerError))),
};

/** The fields of an agent, each by itself. */
export const agentFieldsSchema = z.object(shape, {
  error: 'must be an object with the agent’s url',
});

/** What an operator says of the agent: docs/contract.md#kinds-of-agents. */
export const agentInputSchema = agentFieldsSchema.check((agent) => {
  const { kind, url, max_tokens, max_completion_tokens, ...settings } = agent.value;
  const say = (path: string, message: string) =>
    agent.issues.push({ code: 'custom', message, path: [path], input: kind });
  if (url === null && kind !== 'bedrock-agentcore') {
    say('url', 'must be the address of the agent');
  }
  const all: Record<string, unknown> = { ...settings, max_tokens, max_completion_tokens };
  for (const name of KIND_SETTINGS[kind].needs) {
    if (all[name] === undefined || all[name] === null)
      say(name, `must be there for the kind ${kind}`);
  }
  for (const [name, value] of Object.entries(all)) {
    if (value === undefined || value === null || COMMON.includes(name)) continue;
    if (!takesSetting(kind, name)) say(name, `is not a field of the kind ${kind}`);
  }
  if (max_tokens && max_completion_tokens) {
    say('max_completion_tokens', 'must not stand beside max_tokens: a server takes one of the two');
  }
});

/** Fields every kind has; the rest are settings. */
const COMMON: readonly string[] = ['headers', 'api_key', 'timeout_ms', 'events'];
