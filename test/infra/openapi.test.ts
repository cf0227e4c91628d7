import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import type { HttpEvent } from '../../functions/chain/http.ts';
import type { ChannelsDeps } from '../../functions/channels/deps.ts';
import { channelsHandler } from '../../functions/channels/handler.ts';
import { matchRoute } from '../../infra/local/http/match-route.ts';
import { describeApi } from '../../infra/openapi/describe-api.ts';
import { FIELD_NOTES } from '../../infra/openapi/field-notes.ts';
import { ROUTES, STREAMED } from '../../infra/routes.ts';
import { channelInputSchema } from '../../shared/contract/channel-input.ts';
import { messagesRequestSchema } from '../../shared/contract/messages-request.ts';
import { notificationRequestSchema } from '../../shared/contract/notification-request.ts';
import { pauseRequestSchema } from '../../shared/contract/pause-request.ts';
import { FAILURES } from '../../shared/kernel/failure.ts';
import { parse } from '../../shared/kernel/parse.ts';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: { 'application/json': { example?: unknown } } };
  responses: Record<string, { content?: Record<string, unknown> }>;
}
interface Document {
  paths: Record<
    string,
    { parameters?: { name: string; in: string }[] } & Record<string, Operation>
  >;
  components: { schemas: Record<string, Shape> };
}
interface Shape {
  description?: string;
  properties?: Record<string, Shape>;
  anyOf?: Shape[];
}

const document = describeApi() as unknown as Document;
const METHODS = ['get', 'post', 'patch', 'delete'];
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [{ path, method: method.toUpperCase(), item, operation }] : [];
  }),
);

test('infra/openapi.json is what npm run openapi writes now', () => {
  const committed = readFileSync(join(import.meta.dirname, '../../infra/openapi.json'), 'utf8');
  expect(committed).toBe(`${JSON.stringify(describeApi(), null, 2)}\n`);
});

test('the document has every route and nothing else', () => {
  const routed = operations.filter(({ path }) => path !== STREAMED.path);
  expect(operations.length - routed.length).toBe(1); // what no API Gateway leads to
  const described = routed.map(({ method, path }) => ({
    endpoint: `${method} ${path}`,
    route: matchRoute(ROUTES, method, path)?.route,
  }));
  expect(described.filter(({ route }) => !route).map(({ endpoint }) => endpoint)).toEqual([]);
  const missing = ROUTES.filter((route) => !described.some((endpoint) => endpoint.route === route));
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test('the document has the actions that the admin endpoints know', async () => {
  const event = {
    routeKey: 'POST /admin/channels/{id}/{action}',
    pathParameters: { id: 'ch_a', action: 'nonsense' },
    headers: {},
  } as unknown as HttpEvent;
  const handler = channelsHandler({} as ChannelsDeps);
  const answer = await handler(event, { awsRequestId: 'r' } as Context);
  const known = JSON.parse(answer.body ?? '')
    .errors[0].detail.replace('must be one of ', '')
    .split(', ');
  const described = operations.flatMap(
    ({ path }) =>
      path.match(/^\/admin\/channels\/\{id\}\/(?!chats|replies|trace|templates)(.+)$/)?.[1] ?? [],
  );
  expect(described.toSorted()).toEqual(known.toSorted());
});

/** Every field of a schema, by its path. */
function fieldsOf(shape: Shape, at = ''): { path: string; description: string | undefined }[] {
  const inside = [shape, ...(shape.anyOf ?? [])].flatMap(({ properties = {} }) =>
    Object.entries(properties),
  );
  return inside.flatMap(([name, field]) => {
    const path = at ? `${at}.${name}` : name;
    return [{ path, description: field.description }, ...fieldsOf(field, path)];
  });
}

test.each(
  Object.keys(FIELD_NOTES),
)('each field of %s says what it means, and no sentence is left over', (name) => {
  const shape = document.components.schemas[name] ?? expect.fail(`no schema ${name}`);
  const fields = fieldsOf(shape);
  expect(fields.filter(({ description }) => !description).map(({ path }) => path)).toEqual([]);
  expect(fields.map(({ path }) => path).toSorted()).toEqual(
    Object.keys(FIELD_NOTES[name] ?? {}).toSorted(),
  );
});

test('the schema of an edit requires nothing and has no defaults, and that of a new channel has all of them', () => {
  const { ChannelEdit, ChannelInput } = document.components.schemas;
  expect(JSON.stringify(ChannelEdit)).not.toContain('"default":');
  for (const part of [
    ChannelEdit,
    ChannelEdit?.properties?.agent,
    ChannelEdit?.properties?.options,
  ]) {
    expect(Object.keys(part ?? {})).toContain('properties');
    expect(part).not.toHaveProperty('required');
  }
  expect(ChannelInput).toMatchObject({ required: ['title', 'token', 'agent'] });
  expect(
    parse(channelInputSchema, { title: 'A', token: 't', agent: { url: 'https://a.example' } })
      .options,
  ).toEqual(defaultsOf(ChannelInput?.properties?.options));
});

const defaultsOf = (shape: Shape | undefined) =>
  Object.fromEntries(
    Object.entries(shape?.properties ?? {}).map(([name, field]) => [
      name,
      (field as { default?: unknown }).default,
    ]),
  );

test.each([
  { endpoint: 'createChannel', schema: channelInputSchema },
  { endpoint: 'sendMessages', schema: messagesRequestSchema },
  { endpoint: 'notify', schema: notificationRequestSchema },
  { endpoint: 'pauseChat', schema: pauseRequestSchema },
])('the example of $endpoint is read by its schema', ({ endpoint, schema }) => {
  const found = operations.find(({ operation }) => operation.operationId === endpoint);
  const example = found?.operation.requestBody?.content['application/json'].example;
  expect(parse(schema, example)).toMatchObject(example as object);
});

// biome-ignore format: a table reads by column
const either = [
  { schema: 'MessagesRequest',     at: 'properties.to.properties.phone.anyOf.0',   type: ['string', 'number'] },
  { schema: 'NotificationRequest', at: 'properties.to.properties.phone.anyOf.0',   type: ['string', 'number'] },
  { schema: 'NotificationRequest', at: 'properties.request_id.anyOf.0',            type: ['string', 'number'] },
  { schema: 'NotificationRequest', at: 'properties.template.properties.parameters.anyOf.0.items', type: ['string', 'number'] },
  { schema: 'PauseRequest',        at: 'properties.minutes',                       type: ['integer', 'string'] },
  { schema: 'MessagesRequest',     at: 'properties.to.properties.bsuid.anyOf.0',   type: 'string' },
];

test.each(either)('$schema says at $at that it takes $type', ({ schema, at, type }) => {
  const found = at
    .split('.')
    .reduce<unknown>(
      (inside, name) => (inside as Record<string, unknown>)[name],
      document.components.schemas[schema],
    );
  expect(found).toMatchObject({ type });
});

test('operation ids are unique, path parameters declared, references resolved, and refusals have our codes', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, item, operation } of operations) {
    const declared = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(declared.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
    for (const [status, { content = {} }] of Object.entries(operation.responses)) {
      const problem = JSON.stringify(content['application/problem+json'] ?? '');
      for (const [code, { status: its }] of Object.entries(FAILURES)) {
        if (problem.includes(`"${code}"`)) expect(String(its)).toBe(status);
      }
    }
  }
  const text = JSON.stringify(document);
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    expect(document.components.schemas).toHaveProperty(name);
  }
});
