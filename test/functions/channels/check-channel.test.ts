import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { listenOnLoopback } from '../../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, json, serve } from '../../../infra/local/http/serve.ts';
import { channelAnswerSchema } from '../../../shared/contract/channel-answer.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { lastSeenKey } from '../../../shared/store/keys.ts';
import { openStage } from './stage.ts';

const stage = openStage();

/** Our own webhook address, which the doctor calls. */
async function withEndpoint<T>(
  answer: (query: URLSearchParams) => HttpAnswer,
  work: (publicUrl: string) => Promise<T>,
): Promise<T> {
  const { port, close } = await listenOnLoopback(
    serve(({ query }) => answer(new URLSearchParams(query))),
  );
  try {
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    await close();
  }
}
const echo = (query: URLSearchParams): HttpAnswer => ({
  status: 200,
  body: query.get('hub.challenge') ?? '',
});

async function check(
  publicUrl: string,
  more: Record<string, unknown> = {},
  before = async (_: string) => {},
) {
  const deps = { publicUrl, lambdaLimit: async () => 10 };
  const input = stage.input({ active: true, ...more });
  const created = await stage.send('POST /admin/channels', input, { deps });
  const { id } = created.body.channel;
  await before(id);
  const { status, body } = await stage.send(`POST /admin/channels/${id}/check`, undefined, {
    deps,
  });
  expect(status).toBe(200);
  expect(parse(channelAnswerSchema, body)).toEqual(body);
  return Object.fromEntries((body.findings ?? []).map((finding) => [finding.code, finding]));
}

test('for a channel that works the findings are ok, with notes about what was never seen', async () => {
  const findings = await withEndpoint(echo, (url) => check(url));
  const levels = Object.fromEntries(
    Object.entries(findings).map(([code, { level }]) => [code, level]),
  );
  expect(levels).toEqual({
    'channel-active': 'ok',
    'endpoint-answers': 'ok',
    'agent-ready': 'ok',
    'inbound-never': 'note',
    'status-never': 'note',
    'lambda-limit-low': 'note',
    'key-valid': 'ok',
    'webhook-ours': 'ok',
    'number-healthy': 'ok',
    'templates-approved': 'ok',
  });
  expect(findings['templates-approved']?.title).toBe('Approved templates: 1');
});

test('the last inbound message and the last status are found', async () => {
  const lastSeen = { last_inbound_at: 1_795_000_000_000, last_status_at: 1_795_000_001_000 };
  const findings = await withEndpoint(echo, (url) =>
    check(url, {}, async (id) => {
      const Item = { ...lastSeenKey(id), ...lastSeen };
      await stage.deps.table.client.send(new PutCommand({ TableName: 'test', Item }));
    }),
  );
  expect(findings['inbound-seen']?.detail).toContain('2026-11-18T');
  expect(findings['status-seen']?.level).toBe('ok');
  expect(findings['header-missing']?.level).toBe('note');
});

test('every finding that is not ok says what to do', async () => {
  stage.agent.answerWith(() => json(500, {}));
  stage.provider.behave(({ path, method }) => {
    if (path.endsWith('/v1/configs/webhook') && method === 'GET') {
      return json(200, { url: 'https://other.example/hook', headers: {} });
    }
    if (path.endsWith('/health_status')) {
      const error = { error_description: 'unpaid', possible_solution: 'Pay the invoice.' };
      const entities = [{ entity_type: 'WABA', can_send_message: 'BLOCKED', errors: [error] }];
      return json(200, { health_status: { can_send_message: 'BLOCKED', entities } });
    }
    return json(200, { data: [] });
  });
  const fallback = {
    if_window_closed: 'template',
    fallback_template: { name: 'x', language: 'en' },
  };
  const findings = await withEndpoint(
    () => ({ status: 404, body: '{}' }),
    (url) => check(url, { options: fallback }),
  );

  const bad = Object.values(findings).filter(({ level }) => level !== 'ok');
  expect(bad.map(({ code }) => code).toSorted()).toEqual([
    'agent-silent',
    'endpoint-silent',
    'fallback-template-unknown',
    'inbound-never',
    'lambda-limit-low',
    'number-impaired',
    'status-never',
    'templates-none',
    'webhook-foreign',
  ]);
  for (const { cure, detail } of bad) {
    expect(detail).toMatch(/\w.*\./);
    expect(cure).toMatch(/\w.*\./);
  }
  expect(findings['number-impaired']?.cure).toBe('WABA: Pay the invoice.');
});

test('a rejected key is one finding, and not one for each call', async () => {
  stage.provider.behave(() => json(401, { meta: { developer_message: 'Invalid api_key' } }));
  const findings = await withEndpoint(echo, (url) => check(url));
  expect(findings['key-rejected']).toMatchObject({
    level: 'problem',
    detail: expect.stringContaining('Invalid api_key'),
  });
  expect(Object.keys(findings).filter((code) => /webhook|number|template/.test(code))).toEqual([]);
});

test('the check ends in time when the provider and our own endpoint hang', async () => {
  stage.provider.behave(() => 'no-answer');
  const started = performance.now();
  const findings = await withEndpoint(
    () => 'no-answer',
    (url) => check(url),
  );
  expect(findings['provider-unreachable']?.level).toBe('problem');
  expect(findings['endpoint-silent']?.detail).toContain('timeout');
  expect(performance.now() - started).toBeLessThan(2 * stage.deps.timeLimits.allMs + 1_000);
});

test('that the sandbox has neither health nor templates is no finding', async () => {
  const findings = await withEndpoint(echo, (url) => check(url, { hosting: 'sandbox' }));
  expect(findings['webhook-ours']?.level).toBe('ok');
  expect(Object.keys(findings).filter((code) => /number|template/.test(code))).toEqual([]);
});

// biome-ignore format: a table reads by column
const doubtful: { what: string; says: HttpAnswer; code: string; level: string; detail: RegExp }[] = [
  { what: 'a wrong agent secret',     says: json(401, {}),                        code: 'agent-unauthorized', level: 'problem', detail: /HTTP 401/ },
  { what: 'an address without agent', says: json(404, {}),                        code: 'agent-not-found',    level: 'problem', detail: /HTTP 404/ },
  { what: 'a slash too few',          says: { status: 307, headers: { location: '/turn/' } }, code: 'agent-redirects', level: 'problem', detail: /HTTP 307/ },
  { what: 'a page of a tunnel',       says: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>' }, code: 'agent-answers-html', level: 'problem', detail: /HTML/ },
  { what: 'an agent that is strict about types', says: json(422, {}),             code: 'agent-refuses-ready', level: 'note',   detail: /HTTP 422/ },
];

test.each(doubtful)('$what is named', async ({ says, code, level, detail }) => {
  stage.agent.answerWith(() => says);
  const findings = await withEndpoint(echo, (url) => check(url));
  expect(findings[code]).toMatchObject({ level, detail: expect.stringMatching(detail) });
  expect(findings['agent-ready']).toBeUndefined();
});

test('a transcriber is asked for its models with its key, and what is wrong is named', async () => {
  const asked: (string | undefined)[] = [];
  let says: HttpAnswer = json(200, { data: [{ id: 'whisper-1' }] });
  const { port, close } = await listenOnLoopback(
    serve(({ method, path, headers }) => {
      asked.push(`${method} ${path}`, headers.authorization, headers['x-team']);
      return says;
    }),
  );
  const transcription = {
    url: `http://127.0.0.1:${port}/v1`,
    model: 'whisper-1',
    api_key: 'sk-speech',
    headers: { 'x-team': 'ears' },
  };
  const look = () => withEndpoint(echo, (url) => check(url, { options: { transcription } }));
  expect((await look())['transcriber-answers']).toMatchObject({
    level: 'ok',
    detail: 'It takes the key and has the model whisper-1.',
  });
  expect(asked).toEqual(['GET /v1/models', 'Bearer sk-speech', 'ears']);
  says = json(401, {});
  expect((await look())['transcriber-key-refused']?.level).toBe('problem');
  says = { status: 308, headers: { location: '/' }, body: '' };
  expect((await look())['transcriber-redirects']?.level).toBe('problem');
  await close();
  const silent = (await look())['transcriber-silent'];
  expect(silent?.detail).toContain('ECONNREFUSED');
  const without = await withEndpoint(echo, (url) => check(url));
  expect(Object.keys(without).filter((code) => code.startsWith('transcriber'))).toEqual([]);
});

test('a channel whose key another one holds is told which', async () => {
  const token = 'a-key-of-two-channels';
  const { channel: holder } = (await stage.create({ token, active: true })).body;
  const findings = await withEndpoint(echo, (url) => check(url, { token, active: false }));
  expect(findings['key-held-by-another']).toMatchObject({
    level: 'problem',
    detail: expect.stringContaining(holder.id),
    cure: expect.stringContaining(holder.id),
  });
  const own = await stage.send(`POST /admin/channels/${holder.id}/check`);
  expect(own.body.findings?.map(({ code }) => code)).not.toContain('key-held-by-another');

  await stage.send(`POST /admin/channels/${holder.id}/deactivate`);
  const freed = await withEndpoint(echo, (url) => check(url, { token, active: false }));
  expect(freed['key-held-by-another']).toBeUndefined();
});
