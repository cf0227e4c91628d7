import * as z from 'zod/mini';
import {
  channelAnswerSchema,
  channelListSchema,
  channelViewSchema,
  doctorFindingSchema,
  warningSchema,
} from '../../shared/contract/channel-answer.ts';
import { channelInputSchema } from '../../shared/contract/channel-input.ts';
import { FAILURES } from '../../shared/kernel/failure.ts';
import { FIELD_NOTES, noteFields } from './field-notes.ts';

export type Fields = Record<string, unknown>;

const REF = '#/components/schemas/';
export const ref = (name: string) => ({ $ref: `${REF}${name}` });

/** What the doors take and give, under the names the document uses. */
export function componentSchemas(): Fields {
  const answers = z.registry<{ id: string }>();
  answers.add(channelViewSchema, { id: 'Channel' });
  answers.add(warningSchema, { id: 'Warning' });
  answers.add(doctorFindingSchema, { id: 'Finding' });
  answers.add(channelAnswerSchema, { id: 'ChannelAnswer' });
  answers.add(channelListSchema, { id: 'ChannelList' });
  const { schemas } = z.toJSONSchema(answers, {
    io: 'output',
    uri: (id) => `${REF}${id}`,
    override: leaveOpen,
  });
  const input = channelInput();
  const all: Fields = { ChannelInput: input, ChannelEdit: editOf(input), ...schemas };
  return {
    ...Object.fromEntries(
      Object.entries(all).map(([name, schema]) => {
        const { $schema, $id, ...shape } = schema as Fields;
        return [name, noteFields(shape, FIELD_NOTES[name] ?? {})];
      }),
    ),
    Problem: PROBLEM,
  };
}

/** A channel as its operator writes it down. */
function channelInput(): Fields {
  const schema = z.toJSONSchema(channelInputSchema, { io: 'input', override: leaveOpen });
  const { options } = schema.properties as { options: { properties: Fields } };
  // Whatever comes in is transformed first, which a JSON schema cannot say.
  options.properties.typing_indicator = {
    default: 'on',
    anyOf: [{ type: 'string', enum: ['on', 'read', 'off'] }, { type: 'boolean' }],
  };
  return schema;
}

/** An edit: the same fields, none of them required, and what is left out stays as it is. */
function editOf(schema: Fields): Fields {
  const { required, default: _usual, properties, ...rest } = schema;
  if (!isFields(properties)) return rest;
  return {
    ...rest,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [
        name,
        isFields(field) ? editOf(field) : field,
      ]),
    ),
  };
}

/** We add fields freely, and others send us more than we know: no object is closed. */
function leaveOpen({ jsonSchema }: { jsonSchema: Fields }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  delete jsonSchema.propertyNames; // that names are text is true of all JSON
}

const PROBLEM: Fields = {
  type: 'object',
  description: 'A problem document (RFC 9457), as application/problem+json.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', description: 'urn:problem-type:dialog360-channel:<code>' },
    title: { type: 'string', description: 'The same for every problem with this code.' },
    status: { type: 'integer', description: 'The HTTP status again.' },
    code: {
      type: 'string',
      enum: Object.keys(FAILURES),
      description: 'What a program may rely on.',
    },
    detail: { type: 'string', description: 'What is wrong here, for people.' },
    errors: {
      type: 'array',
      description: 'Each fault of the body or the query.',
      items: {
        type: 'object',
        required: ['path', 'detail'],
        properties: {
          path: { type: 'string', description: 'Names joined by dots; empty: the whole body.' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
