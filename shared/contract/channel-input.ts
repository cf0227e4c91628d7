import * as z from 'zod/mini';
import { addressSchema, agentInputSchema } from './agent-input.ts';
import { channelOptionsSchema } from './channel-options.ts';

/** Stands in an answer in the place of a secret. Sent back in an edit it means: leave the secret as it is. */
export const MASK = '…' as const;

const MAX_TOKEN = 512;
const MAX_TITLE = 256;

const titleError = `must be text of 1 to ${MAX_TITLE} characters`;
const tokenError = `must be the 360dialog API key: 1 to ${MAX_TOKEN} letters, digits and signs, no blanks or line breaks`;

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
