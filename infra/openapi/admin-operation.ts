import type { FailureCode } from '../../shared/kernel/failure.ts';
import { GATEWAY_RESPONSES, problemResponses } from './problem-responses.ts';
import { type Fields, inPath } from './schema-parts.ts';

export const ID = inPath('id', '`ch_` and 20 hex digits.');

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
    // A name that the endpoint does not take is refused everywhere.
    ...problemResponses(...new Set([...codes, 'request-invalid', 'unavailable'] as const)),
  },
});
