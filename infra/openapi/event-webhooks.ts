import * as z from 'zod/mini';
import { EVENT_SCHEMAS, type EventName } from '../../shared/contract/event-schemas.ts';
import { EVENT_EXAMPLES } from './event-examples.ts';
import { type Fields, leaveOpen, ref } from './schema-parts.ts';

const SUMMARIES: Record<EventName, string> = {
  message: 'A visitor wrote',
  unsupported: 'A visitor sent what cannot be shown',
  message_update: 'A visitor reacted, edited or deleted',
  incoming_request: 'Another system wants the agent to write first',
  notification: 'A notification has its result',
  delivery: 'A reply was not delivered as wanted, or has another status that was asked for',
  handover: 'Somebody took the chat over, or nobody could',
  payment: 'A payment has another status',
  visitor_changed: 'A visitor has another number or id',
  ready: 'The operator wants to know whether the agent may be let at people',
};
/** The answers to the others are ignored. */
const ANSWERED: readonly EventName[] = [
  'message',
  'unsupported',
  'incoming_request',
  'notification',
];

/** What we post to an agent of kind `http`, by the type of the event: docs/contract.md#event-types. */
export const eventWebhooks = (): Fields =>
  Object.fromEntries(
    (Object.keys(EVENT_SCHEMAS) as EventName[]).map((name) => [
      name,
      {
        post: {
          operationId: `on${name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
          summary: SUMMARIES[name],
          description:
            'Signed with the channel’s agent secret (Standard Webhooks), and posted again with the same id until it is answered.',
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: ref(eventName(name)), example: EVENT_EXAMPLES[name] },
            },
          },
          responses: { '200': answerTo(name) },
        },
      },
    ]),
  );

/** The schemas of the events, under the names the document uses. */
export const eventSchemas = (): Record<string, Fields> =>
  Object.fromEntries(
    (Object.keys(EVENT_SCHEMAS) as EventName[]).map((name) => {
      const json = z.toJSONSchema(EVENT_SCHEMAS[name], { io: 'output', override: leaveOpen });
      const { $schema: _, ...schema } = json as Fields;
      return [eventName(name), schema];
    }),
  );

const eventName = (name: EventName): string =>
  `${name.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Event`;

function answerTo(name: EventName): Fields {
  if (name === 'ready')
    return json('Whether it is ready.', { ready: false, reason: 'Not trained.' });
  if (!ANSWERED.includes(name)) return { description: 'It has heard. Any answer is ignored.' };
  return {
    description: 'What to send to the visitor. 202 or 204: the agent writes later.',
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            replies: { type: 'array', maxItems: 20, items: ref('Reply') },
            dialog: { type: 'string', enum: ['open', 'close', 'operator'], default: 'open' },
          },
        },
        example: { replies: ['Hello'], dialog: 'open' },
      },
    },
  };
}

const json = (description: string, example: Fields): Fields => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: { ready: { type: 'boolean' }, reason: { type: 'string' } },
      },
      example,
    },
  },
});
