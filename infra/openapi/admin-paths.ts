import { ADMIN_ACTIONS } from './admin-actions.ts';
import { ID, operation } from './admin-operation.ts';
import { CHAT_PATHS } from './chat-paths.ts';
import { LETTER_PATHS } from './letter-paths.ts';
import { type Fields, gives, inQuery, takes } from './schema-parts.ts';

const IF_MATCH = {
  name: 'if-match',
  in: 'header',
  schema: { type: 'string' },
  description: 'The version the caller has seen, as the ETag gave it: `"3"`.',
};
const AT_ONCE = {
  name: 'now',
  in: 'query',
  schema: { type: 'string', enum: ['true', 'false'] },
  description: 'With `true` the old secret ends at once.',
};
const ETAG = { ETag: { description: 'The version.', schema: { type: 'string' } } };

const camelCase = (name: string) =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A test reads it with the schema that the endpoint reads with. */
const EXAMPLE_CHANNEL = {
  title: 'Support',
  token: 'your-360dialog-api-key',
  agent: { url: 'https://agent.example/turn' },
  active: true,
};

/** The admin endpoints: docs/contract.md#operator-to-us. */
export const ADMIN_PATHS: Fields = {
  '/admin/channels': {
    get: operation(
      {
        operationId: 'listChannels',
        summary: 'Lists channels, oldest first',
        parameters: [
          {
            name: 'limit',
            in: 'query',
            schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
            description: 'How many channels a page holds at most.',
          },
          inQuery('cursor', 'The `next` of an earlier page.'),
        ],
        responses: { '200': gives('A page; `next` is null at the end.', 'ChannelList') },
      },
      'request-invalid',
    ),
    post: operation(
      {
        operationId: 'createChannel',
        summary: 'Creates a channel',
        description:
          'The API key and the agent secret are in this answer only. `active: true` activates the channel as well. With warnings it is created all the same; when it is refused there is no channel.',
        requestBody: takes('ChannelInput', EXAMPLE_CHANNEL),
        responses: {
          '201': gives('Created.', 'ChannelAnswer', {
            ...ETAG,
            Location: { description: 'Its own path.', schema: { type: 'string' } },
          }),
        },
      },
      'payload-unreadable',
      'agent-not-ready',
      'token-in-use',
      'payload-too-large',
      'request-invalid',
    ),
  },
  '/admin/channels/{id}': {
    parameters: [ID],
    get: operation(
      {
        operationId: 'showChannel',
        summary: 'Shows a channel',
        responses: { '200': gives('As it is now.', 'ChannelAnswer', ETAG) },
      },
      'channel-unknown',
    ),
    patch: operation(
      {
        operationId: 'editChannel',
        summary: 'Changes a channel, all at once or not at all',
        description:
          'What is left out stays as it is; `agent` and `options` are merged field by field. Works also while 360dialog is down. When an active channel gets a new token or host, its webhook is registered again.',
        parameters: [IF_MATCH],
        requestBody: takes('ChannelEdit', { title: 'Evenings', options: { park_hours: 12 } }),
        responses: { '200': gives('Changed.', 'ChannelAnswer', ETAG) },
      },
      'payload-unreadable',
      'channel-unknown',
      'agent-not-ready',
      'token-in-use',
      'version-conflict',
      'payload-too-large',
      'request-invalid',
    ),
    delete: operation(
      {
        operationId: 'deleteChannel',
        summary: 'Deletes a channel that is not active',
        description:
          'For 8 days 360dialog is still answered 200 at the old webhook address. What the channel knew of its visitors is erased in the minutes that follow; until that is over the channel is answered `channel-unknown` with `erasing`.',
        parameters: [IF_MATCH],
        responses: { '204': { description: 'Deleted, with its secrets.' } },
      },
      'channel-unknown',
      'channel-active',
      'version-conflict',
    ),
  },
  ...CHAT_PATHS,
  ...LETTER_PATHS,
  ...Object.fromEntries(
    ADMIN_ACTIONS.map(({ name, summary, description, rotates, body: sent, codes = [] }) => [
      `/admin/channels/{id}/${name}`,
      {
        parameters: [ID],
        post: operation(
          {
            operationId: rotates ? camelCase(name) : `${name}Channel`,
            summary,
            description,
            parameters: [...(name === 'check' ? [] : [IF_MATCH]), ...(rotates ? [AT_ONCE] : [])],
            ...(sent && { requestBody: { ...takes(sent.schema, sent.example), required: false } }),
            responses: { '200': gives('Done.', 'ChannelAnswer', ETAG) },
          },
          'channel-unknown',
          'payload-unreadable',
          'payload-too-large',
          ...codes,
          ...(name === 'check' ? [] : (['version-conflict'] as const)),
        ),
      },
    ]),
  ),
};
