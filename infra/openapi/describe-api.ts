// The endpoints as an OpenAPI 3.1 document. The shapes come from the schemas that the functions read
// with; only the texts are written here.
import { ADMIN_PATHS } from './admin-paths.ts';
import { componentSchemas } from './component-schemas.ts';
import { eventWebhooks } from './event-webhooks.ts';
import { MEDIA_PATHS } from './media-paths.ts';
import { REQUEST_PATHS } from './request-paths.ts';
import type { Fields } from './schema-parts.ts';
import { WEBHOOK_PATHS } from './webhook-paths.ts';

/** The document `npm run openapi` writes. Every route of `infra/routes.ts` has its place in it. */
export const describeApi = (): Fields => ({
  openapi: '3.1.0',
  info: {
    title: 'dialog360-channel',
    // The version of the contract, not of the release: fields are added, none is renamed or
    // dropped.
    version: '1',
    summary: 'A conversational agent’s WhatsApp channel through 360dialog',
    description:
      'Bodies are JSON in UTF-8, times ISO 8601 in UTC. Unknown fields are ignored. A refusal is a problem document (RFC 9457); programs may rely on its `code`.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [
    {
      url: 'https://{api}.execute-api.{region}.amazonaws.com',
      description: 'The deployed stack: its output ApiUrl',
      variables: { api: { default: 'api-id' }, region: { default: 'eu-central-1' } },
    },
    {
      url: 'http://localhost:{port}',
      description: 'The local runtime: npm start',
      variables: { port: { default: '3000' } },
    },
  ],
  tags: [
    { name: 'webhook', description: '360dialog → us' },
    {
      name: 'requests',
      description:
        'Agent or external system → us, with the channel’s API key as bearer. A POST with an Idempotency-Key may be repeated for 24 hours: each repeat gets the same answer.',
    },
    { name: 'media', description: 'Agent → us, by the signed addresses in events' },
    {
      name: 'channels',
      description:
        'Operator → us. In the cloud a request is signed with AWS credentials (Signature Version 4, service `execute-api`); on the local runtime it comes from this machine.',
    },
  ],
  paths: { ...WEBHOOK_PATHS, ...REQUEST_PATHS, ...MEDIA_PATHS, ...ADMIN_PATHS },
  webhooks: eventWebhooks(),
  components: {
    schemas: componentSchemas(),
    securitySchemes: {
      api_key: {
        type: 'http',
        scheme: 'bearer',
        description: 'The channel’s API key. It is shown only at creation and at its rotation.',
      },
      aws_signature: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description: 'AWS Signature Version 4; the caller needs execute-api:Invoke.',
        // How API Gateway itself marks it when it exports an API.
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
    },
  },
});
