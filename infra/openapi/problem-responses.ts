import { FAILURES, type FailureCode } from '../../shared/kernel/failure.ts';
import { type Fields, ref } from './schema-parts.ts';

/** The refusals of an endpoint: one response for each HTTP status, with the codes it may have. */
export function problemResponses(...codes: FailureCode[]): Fields {
  const byStatus = Map.groupBy(codes, (code) => FAILURES[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofIt]) => [
      String(status),
      {
        description: ofIt.map((code) => `\`${code}\`: ${FAILURES[code].title}.`).join(' '),
        content: {
          'application/problem+json': {
            schema: { allOf: [ref('Problem'), { properties: { code: { enum: ofIt } } }] },
          },
        },
      },
    ]),
  );
}

/** What API Gateway answers before it calls a function. */
export const GATEWAY_RESPONSES: Fields = {
  '403': gatewayAnswer('AWS refuses the signature, or the caller may not invoke the API.'),
  '429': gatewayAnswer('Too many requests: try again later.'),
};

function gatewayAnswer(description: string): Fields {
  const schema = { type: 'object', properties: { message: { type: 'string' } } };
  return { description, content: { 'application/json': { schema } } };
}
