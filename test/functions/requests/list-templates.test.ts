import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import { templateListSchema } from '../../../shared/contract/template-list.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { channelKey } from '../../../shared/store/keys.ts';
import { putItem } from '../../../shared/store/table.ts';
import { type ProviderDouble, startProviderDouble } from '../../support/provider-double.ts';
import { openRequestsStage } from './stage.ts';

const stage = openRequestsStage();
let provider: ProviderDouble;
beforeAll(async () => {
  provider = await startProviderDouble();
});
beforeEach(() => {
  provider.behave(null);
  provider.calls.splice(0);
});
afterAll(() => provider.stop());

const channelAt = (more = {}) => stage.channel({}, { base_url: provider.url, ...more });
const GET = 'GET /templates';

test('approved templates are listed, and the provider is asked once a minute, also by many callers at once', async () => {
  const channel = await channelAt();
  const answers = await Promise.all(Array.from({ length: 10 }, () => stage.ask(channel, GET)));
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(parse(templateListSchema, body)).toEqual({
      templates: [{ name: 'hello', language: 'en', category: 'UTILITY' }],
    });
  }
  expect(provider.calls).toEqual([{ method: 'GET', path: '/message_templates', key: 'key-1' }]);
  stage.pass(59_000);
  await stage.ask(channel, GET);
  expect(provider.calls).toHaveLength(1);
  stage.pass(1_000);
  await stage.ask(channel, GET);
  expect(provider.calls).toHaveLength(2);
});

test('with another 360dialog key of the channel the provider is asked again', async () => {
  const channel = await channelAt();
  await stage.ask(channel, GET);
  await putItem(stage.table, { ...channelKey(channel.id), ...channel, secret_version: 2 });
  await stage.ask(channel, GET);
  expect(provider.calls).toHaveLength(2);
});

test('the sandbox, and a host without a template list, have no templates', async () => {
  const sandbox = await channelAt({ hosting: 'sandbox' });
  expect((await stage.ask(sandbox, GET)).body).toEqual({ templates: [] });
  expect(provider.calls).toEqual([]);
  provider.behave(() => json(404, {}));
  expect((await stage.ask(await channelAt(), GET)).body).toEqual({ templates: [] });
});

// biome-ignore format: a table reads by column
const troubles = [
  { what: 'refuses the key', answer: json(401, { meta: {} }), says: 'HTTP 401' },
  { what: 'is down',         answer: json(503, {}),           says: 'HTTP 503' },
  { what: 'answers HTML',    answer: { status: 200, body: '<html>' }, says: 'no list' },
];

test.each(
  troubles,
)('when the provider $what the answer is 503, and the next caller asks it again', async ({
  answer,
  says,
}) => {
  const channel = await channelAt();
  provider.behave(() => answer);
  const refused = await stage.ask(channel, GET);
  expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect(refused.body.detail).toContain(says);
  provider.behave(null);
  expect((await stage.ask(channel, GET)).status).toBe(200);
});
