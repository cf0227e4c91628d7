import { STREAMED } from '../routes.ts';
import { problemResponses } from './problem-responses.ts';
import type { Fields } from './schema-parts.ts';

const word = (name: string, place: 'path' | 'query' | 'header', description: string): Fields => ({
  name,
  in: place,
  ...(place === 'path' && { required: true }),
  schema: { type: 'string' },
  description,
});

const SIGNED = 'Part of the signed address.';

const FILE = {
  description: 'The file, while it arrives from 360dialog.',
  headers: {
    'content-disposition': {
      schema: { type: 'string' },
      description: 'With the visitor’s name of it.',
    },
    etag: { schema: { type: 'string' }, description: 'Its SHA-256.' },
  },
};

/** A visitor’s file: docs/contract.md#media. */
export const MEDIA_PATHS: Fields = {
  [STREAMED.path]: {
    servers: [
      {
        url: 'https://{function_url}.lambda-url.{region}.on.aws',
        description: 'The deployed stack: its output MediaUrl',
        variables: {
          function_url: { default: 'url-id' },
          region: { default: 'eu-central-1' },
        },
      },
      {
        url: 'http://localhost:{port}',
        description: 'The local runtime: npm start',
        variables: { port: { default: '3000' } },
      },
    ],
    parameters: [
      word('channel_id', 'path', '`ch_` and 20 hex digits.'),
      word('media_id', 'path', 'The `file.id` of the event.'),
      ...['until', 'key', 'name', 'type', 'sha256', 'signature'].map((name) =>
        word(name, 'query', SIGNED),
      ),
    ],
    get: {
      operationId: 'readMedia',
      tags: ['media'],
      summary: 'Answers a file that a visitor sent',
      description:
        'The address is the `file.url` of an event, and is used as it is: the signature in it covers every part. Nothing of the file is stored. `HEAD` answers the same without the file.',
      security: [],
      parameters: [
        word('range', 'header', 'One range of bytes, passed through where 360dialog knows ranges.'),
        word('if-none-match', 'header', 'Compared with the hash in the address.'),
      ],
      responses: {
        '200': { ...FILE, content: { '*/*': {} } },
        '206': { ...FILE, description: 'The range of it.', content: { '*/*': {} } },
        '304': { description: 'The caller has the file.' },
        ...problemResponses(
          'media-link-invalid',
          'media-link-expired',
          'media-gone',
          'channel-unknown',
          'range-invalid',
          'media-refused',
          'media-unavailable',
          'unavailable',
        ),
      },
    },
  },
};
