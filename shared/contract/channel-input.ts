import * as z from 'zod/mini';
import { nearest } from '../kernel/nearest.ts';
import { channelOptionsSchema } from './channel-options.ts';
import { deliveryStatusSchema } from './delivery-news.ts';

/** Stands in an answer in the place of a secret. Sent back in an edit it means: leave the secret as it is. */
export const MASK = '…';

/** All secrets of a channel share one SSM parameter of 4096 bytes (standard tier): headers get half. */
const MAX_HEADERS_BYTES = 2048;
const MAX_TOKEN = 512;
const MAX_TITLE = 256;
const MAX_ADDRESS = 2048;

/** A field name of RFC 9110 §5.1, and a value that fits one line of ASCII. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,128}$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;
/** Headers an event carries itself, or that belong to the connection (RFC 9110 §7.6.1). */
const OWN_HEADERS =
  /^(webhook-.*|idempotency-key|content-(type|length)|host|connection|proxy-connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect)$/i;

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

const faultOfHeader = (name: string, earlier: Set<string>): string | null => {
  if (!HEADER_NAME.test(name)) return 'is not a header name';
  if (OWN_HEADERS.test(name)) return 'is set by the channel itself';
  return earlier.has(name.toLowerCase()) ? 'stands there twice' : null;
};

const headersSchema = z
  .record(z.string(), z.string({ error: 'must be text' }), { error: 'must be an object of texts' })
  .check((headers) => {
    const names = Object.keys(headers.value);
    const earlier = new Set<string>();
    for (const name of names) {
      const fault =
        faultOfHeader(name, earlier) ??
        (HEADER_VALUE.test(headers.value[name] ?? '') ? null : 'must be one line of plain ASCII');
      // The input of an issue is the name: a value is a secret and must not travel with an error.
      earlier.add(name.toLowerCase());
      if (fault) headers.issues.push({ code: 'custom', message: fault, path: [name], input: name });
    }
    if (JSON.stringify(headers.value).length > MAX_HEADERS_BYTES) {
      const message = `must be at most ${MAX_HEADERS_BYTES} bytes in all`;
      headers.issues.push({ code: 'custom', message, path: [], input: names });
    }
  });

const addressSchema = (error: string) =>
  z.string({ error }).check(z.minLength(1, error), z.maxLength(MAX_ADDRESS, error));

const titleError = `must be text of 1 to ${MAX_TITLE} characters`;
const tokenError = `must be the 360dialog API key: 1 to ${MAX_TOKEN} letters, digits and signs, no blanks or line breaks`;
const timeoutError = 'must be a whole number from 1000 to 120000';
const eventsError = 'must be null or a list of event names, like message or delivery:read';

/** What an operator says of the agent: docs/contract.md#the-channel. */
export const agentInputSchema = z.object(
  {
    kind: z._default(z.literal('http', { error: 'must be http' }), 'http'),
    url: addressSchema('must be the address of the agent'),
    headers: z._default(headersSchema, {}),
    timeout_ms: z._default(
      z
        .number({ error: timeoutError })
        .check(
          z.int(timeoutError),
          z.minimum(1_000, timeoutError),
          z.maximum(120_000, timeoutError),
        ),
      30_000,
    ),
    events: z._default(
      z.nullable(z.array(eventName, { error: eventsError }).check(z.maxLength(50, eventsError))),
      null,
    ),
  },
  { error: 'must be an object with the agent’s url' },
);

/** A channel as an operator writes it down: docs/contract.md#the-channel. An edit is merged first, then read by this. */
export const channelInputSchema = z.object(
  {
    type: z._default(z.literal('messaging', { error: 'must be messaging' }), 'messaging'),
    connector: z._default(z.literal('dialog360', { error: 'must be dialog360' }), 'dialog360'),
    title: z.string({ error: titleError }).check(
      z.maxLength(MAX_TITLE, titleError),
      z.refine((title) => title.trim() !== '', { error: titleError }),
    ),
    token: z
      .string({ error: tokenError })
      .check(z.maxLength(MAX_TOKEN, tokenError), z.regex(/^[\x21-\x7e]+$/, tokenError)),
    hosting: z._default(
      z.enum(['cloud', 'sandbox', 'on-premise'], {
        error: 'must be one of cloud, sandbox, on-premise',
      }),
      'cloud',
    ),
    base_url: z._default(z.nullable(addressSchema('must be an address or null')), null),
    agent: agentInputSchema,
    active: z._default(z.boolean({ error: 'must be true or false' }), false),
    options: z.prefault(channelOptionsSchema, {}),
  },
  { error: 'must be a JSON object' },
);
export type ChannelInput = z.infer<typeof channelInputSchema>;
