import * as z from 'zod/mini';
import { channelInputSchema } from '../../shared/contract/channel-input.ts';
import { checkRequestSchema } from '../../shared/contract/check-request.ts';
import { holdRequestSchema } from '../../shared/contract/hold-request.ts';
import { messagesRequestSchema } from '../../shared/contract/messages-request.ts';
import { notificationRequestSchema } from '../../shared/contract/notification-request.ts';
import { pauseRequestSchema } from '../../shared/contract/pause-request.ts';
import { type Reply, replySchema } from '../../shared/contract/reply.ts';
import { asNumber, asText } from '../../shared/contract/reply-fields.ts';
import { noteFields } from './field-notes.ts';
import { COMMON_FIELDS, REPLY_NOTES } from './reply-notes.ts';
import { type Fields, leaveOpen, ref } from './schema-parts.ts';

/**
 * The bodies that the endpoints take, as callers may send them. Where our schema transforms a value
 * before it checks it, its JSON schema has only the result: those places are corrected here by
 * hand.
 */
export function inputSchemas(): Record<string, Fields> {
  const channel = channelInput();
  return {
    ChannelInput: channel,
    ChannelEdit: editOf(channel),
    MessagesRequest: messagesRequest(),
    NotificationRequest: notificationRequest(),
    PauseRequest: taken(pauseRequestSchema),
    CheckRequest: taken(checkRequestSchema),
    HoldRequest: taken(holdRequestSchema),
    Reply: reply(),
  };
}

const taken = (schema: z.ZodMiniType): Fields =>
  z.toJSONSchema(schema, {
    io: 'input',
    override: (part) => {
      leaveOpen(part);
      takeEither(part);
    },
  }) as Fields;

/** Where a number is read as text, or text as a number, zod says only what it is read as. */
function takeEither({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: Fields }): void {
  const { type } = jsonSchema;
  if (!(zodSchema instanceof z.ZodMiniPipe)) return;
  if (zodSchema.def.in === asText) jsonSchema.type = [type, 'number'];
  if (zodSchema.def.in === asNumber) jsonSchema.type = [type, 'string'];
}

/** A channel as an operator sends it. */
function channelInput(): Fields {
  const schema = taken(channelInputSchema);
  const { options } = schema.properties as { options: { properties: Record<string, Fields> } };
  // Left out by zod, because the template's language is corrected before it is checked.
  Object.assign(options.properties.fallback_template ?? {}, { default: null });
  options.properties.typing_indicator = {
    default: 'on',
    anyOf: [{ type: 'string', enum: ['on', 'read', 'off'] }, { type: 'boolean' }],
  };
  return schema;
}

/** Objects that an edit changes member by member; others it replaces whole. */
const MERGED = ['transcription'];

/** An edit: the same fields, none of them required, and what is left out stays as it is. */
function editOf(schema: Fields, name = ''): Fields {
  const { required, default: _usual, properties, ...rest } = schema;
  const ways = Array.isArray(rest.anyOf) && {
    anyOf: rest.anyOf.map((way: Fields) => ({
      ...editOf(way),
      ...(!MERGED.includes(name) && way.required !== undefined && { required: way.required }),
    })),
  };
  if (!isFields(properties)) return { ...rest, ...ways };
  return {
    ...rest,
    properties: Object.fromEntries(
      Object.entries(properties).map(([inner, field]) => [
        inner,
        isFields(field) ? editOf(field, inner) : field,
      ]),
    ),
  };
}

interface Recipient extends Fields {
  properties: Fields;
}

function messagesRequest(): Fields {
  const schema = taken(messagesRequestSchema);
  const { to, replies } = schema.properties as { to: Recipient; replies: Fields };
  to.oneOf = oneNameOf(to);
  replies.items = ref('Reply');
  return orNull(schema);
}

function notificationRequest(): Fields {
  const schema = taken(notificationRequestSchema);
  const properties = schema.properties as { to: Recipient; template: Fields };
  properties.to.oneOf = oneNameOf(properties.to);
  const template = replies().find(({ properties: { type } }) => type?.const === 'template');
  // A template may be sent at any time, and the notification has an id of its own.
  const { type, id, if_window_closed, ...fields } = template?.properties ?? {};
  properties.template = { type: 'object', properties: fields, required: ['name', 'language'] };
  return orNull(schema);
}

/** The schema with every optional member also null, which counts as left out. */
function orNull(schema: Fields): Fields {
  const { properties, required = [], items, oneOf } = schema;
  const within = (inner: unknown) => (isFields(inner) ? orNull(inner) : inner);
  return {
    ...schema,
    ...(isFields(items) && { items: orNull(items) }),
    ...(Array.isArray(oneOf) && { oneOf: oneOf.map(within) }),
    ...(isFields(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => {
          const field = within(member);
          if (!isFields(field) || (required as string[]).includes(name)) return [name, field];
          return [name, nullToo(field)];
        }),
      ),
    }),
  };
}

const NULL = { type: 'null' };

function nullToo({ default: usual, ...field }: Fields): Fields {
  const ways = Array.isArray(field.anyOf) ? field.anyOf : [field];
  return { ...(usual !== undefined && { default: usual }), anyOf: [...ways, NULL] };
}

const oneNameOf = ({ properties }: Recipient) =>
  Object.keys(properties).map((name) => ({ required: [name] }));

const reply = (): Fields => ({
  description:
    'One thing to send to the visitor. A string is short for a text, and a button may be a string. Each reply is checked by itself. An optional member that is null or an empty text counts as left out, and a number may stand where text belongs.',
  anyOf: [{ type: 'string', examples: ['Hello'] }, ...replies().map(withNotes)],
});

/** A type of reply with what it is, a sentence for each of its fields, and examples. */
function withNotes(shape: { properties: Record<string, Fields> }): Fields {
  const { says, fields, examples } = REPLY_NOTES[shape.properties.type?.const as Reply['type']];
  return { description: says, ...noteFields(shape, { ...COMMON_FIELDS, ...fields }), examples };
}

function replies(): { properties: Record<string, Fields> }[] {
  const { oneOf } = orNull(taken(replySchema)) as {
    oneOf: { properties: Record<string, Fields> }[];
  };
  for (const { buttons } of oneOf.map(({ properties }) => properties)) {
    if (buttons) buttons.items = { anyOf: [{ type: ['string', 'number'] }, buttons.items] };
  }
  return oneOf;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
