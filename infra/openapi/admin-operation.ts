import type { FailureCode } from '../../shared/kernel/failure.ts';
import { GATEWAY_RESPONSES, problemResponses } from './problem-responses.ts';
import { type Fields, ref } from './schema-parts.ts';

export const ID = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: '`ch_` and 20 hex digits.',
};

export const gives = (description: string, schema: string, headers: Fields = {}) => ({
  description,
  ...(Object.keys(headers).length > 0 && { headers }),
  content: { 'application/json': { schema: ref(schema) } },
});

/** What all admin endpoints have in common. */
export const operation = (
  spec: Fields & { responses: Fields },
  ...codes: FailureCode[]
): Fields => ({
  tags: ['channels'],
  security: [{ aws_signature: [] }],
  ...spec,
  responses: {
    ...spec.responses,
    ...GATEWAY_RESPONSES,
    ...problemResponses(...codes, 'unavailable'),
  },
});
