import * as z from 'zod/mini';
import { addressSchema, agentInputSchema } from './agent-input.ts';
import { optionsInputSchema } from './options-input.ts';

/** Stands in an answer in the place of a secret. Sent back in an edit it means: leave the secret as it is. */
export const MASK = '…' as const;

const MAX_TOKEN = 512;
const MAX_TITLE = 256;

const titleError = `must be text of 1 to ${MAX_TITLE} characters`;
const tokenError = `must be the 360dialog API key: 1 to ${MAX_TOKEN} letters, digits and signs, no blanks or line breaks`;

/** The fields of a channel, each by itself. */
export const channelFieldsSchema = z.object(
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
    options: z.prefault(optionsInputSchema, {}),
  },
  { error: 'must be a JSON object' },
);

/** A channel as an operator writes it down: docs/contract.md#the-channel. An edit is merged first, then read by this. */
export const channelInputSchema = channelFieldsSchema.check((channel) => {
  const { agent, options } = channel.value;
  if (!options.transcription || sizeOf(agent) + sizeOf(options.transcription) <= MAX_SECRETS) {
    return;
  }
  const message = `must have headers and a key of at most ${MAX_SECRETS} bytes in all, together with the agent’s`;
  const path = ['options', 'transcription'];
  channel.issues.push({ code: 'custom', message, path, input: path });
});

/** The secrets of a channel share one parameter of 4096 bytes, of which the others take a thousand. */
const MAX_SECRETS = 3000;
const sizeOf = ({ headers, api_key }: Pick<ChannelInput['agent'], 'headers' | 'api_key'>): number =>
  JSON.stringify(headers).length + (api_key?.length ?? 0);

export type ChannelInput = z.infer<typeof channelInputSchema>;
