import { FAILURES } from '../../shared/kernel/failure.ts';
import type { Fields } from './schema-parts.ts';

/** What every endpoint answers when it refuses (RFC 9457). */
export const PROBLEM_SCHEMA: Fields = {
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
      description: 'Programs may rely on it.',
    },
    detail: { type: 'string', description: 'What is wrong here, for people.' },
    erasing: {
      type: 'boolean',
      enum: [true],
      description: 'The channel is deleted; what it knew of its visitors is still being erased.',
    },
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
