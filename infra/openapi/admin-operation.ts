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
    ...problemResponses(...codes, 'unavailable'),
  },
});
