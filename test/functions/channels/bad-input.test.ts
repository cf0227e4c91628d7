import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

const stage = openStage();
const agent = (more: object) => ({ agent: { url: 'https://agent.example/turn', ...more } });
const ears = (more: object) => ({
  options: { transcription: { url: 'https://speech.example/v1', model: 'm', ...more } },
});

// biome-ignore format: a table reads by column
const bad: { what: string; with: Record<string, unknown>; path: string; says: RegExp }[] = [
  { what: 'no token',                        with: { token: undefined },                        path: 'token',             says: /360dialog API key/ },
  { what: 'an empty token',                  with: { token: '' },                               path: 'token',             says: /360dialog API key/ },
  { what: 'a token with a line break',       with: { token: 'abc\ndef' },                       path: 'token',             says: /no blanks or line breaks/ },
  { what: 'a token with a blank at its end', with: { token: 'abcdef ' },                        path: 'token',             says: /no blanks/ },
  { what: 'a masked token',                  with: { token: '…abcd' },                          path: 'token',             says: /360dialog API key/ },
  { what: 'a token that is a number',        with: { token: 12345678 },                         path: 'token',             says: /360dialog API key/ },
  { what: 'a token of 10 000 characters',    with: { token: 'a'.repeat(10_000) },               path: 'token',             says: /1 to 512/ },
  { what: 'no title',                        with: { title: undefined },                        path: 'title',             says: /1 to 256/ },
  { what: 'a blank title',                   with: { title: '  ' },                             path: 'title',             says: /1 to 256/ },
  { what: 'a title of 10 000 characters',    with: { title: 'x'.repeat(10_000) },               path: 'title',             says: /1 to 256/ },
  { what: 'no agent',                        with: { agent: undefined },                        path: 'agent',             says: /url/ },
  { what: 'an agent that is a text',         with: { agent: 'https://agent.example' },          path: 'agent',             says: /url/ },
  { what: 'an agent without an address',     with: { agent: {} },                               path: 'agent.url',         says: /address/ },
  { what: 'an http agent not on loopback',   with: agent({ url: 'http://agent.example/t' }),    path: 'agent.url',         says: /not https/ },
  { what: 'an agent on a private address',   with: agent({ url: 'https://10.0.0.7/t' }),        path: 'agent.url',         says: /not public/ },
  { what: 'the cloud’s metadata address',    with: agent({ url: 'https://169.254.169.254/' }),  path: 'agent.url',         says: /not public/ },
  { what: 'an agent of another protocol',    with: agent({ url: 'ftp://agent.example/t' }),     path: 'agent.url',         says: /not https/ },
  { what: 'an agent that is no address',     with: agent({ url: 'agent.example' }),             path: 'agent.url',         says: /not an address/ },
  { what: 'an agent with a line break',      with: agent({ url: 'https://agent.example/\nx' }), path: 'agent.url',         says: /not an address/ },
  { what: 'an agent with credentials',       with: agent({ url: 'https://a:b@agent.example' }), path: 'agent.url',         says: /headers/ },
  { what: 'a base URL with a query',         with: { base_url: 'https://waba.example/?a=b' },   path: 'base_url',          says: /query/ },
  { what: 'a base URL with a fragment',      with: { base_url: 'https://waba.example/#a' },     path: 'base_url',          says: /fragment/ },
  { what: 'a base URL over http',            with: { base_url: 'http://waba.example' },         path: 'base_url',          says: /not https/ },
  { what: 'a time limit of half a second',   with: agent({ timeout_ms: 500 }),                  path: 'agent.timeout_ms',  says: /1000 to 120000/ },
  { what: 'a time limit of an hour',         with: agent({ timeout_ms: 3_600_000 }),            path: 'agent.timeout_ms',  says: /1000 to 120000/ },
  { what: 'a time limit as text',            with: agent({ timeout_ms: '30000' }),              path: 'agent.timeout_ms',  says: /whole number/ },
  { what: 'an event that does not exist',    with: agent({ events: ['message', 'mesage'] }),    path: 'agent.events.1',    says: /no event name: did you mean message\?/ },
  { what: 'a status that does not exist',    with: agent({ events: ['delivery.read'] }),        path: 'agent.events.0',    says: /did you mean delivery:read\?/ },
  { what: 'an event like no other',          with: agent({ events: ['everything'] }),           path: 'agent.events.0',    says: /there are message, unsupported,/ },
  { what: 'a field that does not exist',     with: { baseUrl: 'https://waba.example' },         path: 'baseUrl',           says: /did you mean base_url\?/ },
  { what: 'a field like no other',           with: { webhook: 'x' },                            path: 'webhook',           says: /there are type, connector, title,/ },
  { what: 'a field of the agent, outside',   with: { timeout_ms: 5000 },                        path: 'timeout_ms',        says: /did you mean agent\.timeout_ms\?/ },
  { what: 'an option, outside',              with: { park_hours: 5 },                           path: 'park_hours',        says: /did you mean options\.park_hours\?/ },
  { what: 'a slip in an option',             with: { options: { typing_indicatr: 'off' } },     path: 'options.typing_indicatr', says: /is not an option: did you mean typing_indicator\?/ },
  { what: 'a name of another level',          with: { name: 'x' },                               path: 'name',              says: /is not a field of a channel; there are type, connector, title,/ },
  { what: 'a field of the agent, in the options', with: { options: { timeout_ms: 5000 } },      path: 'options.timeout_ms', says: /did you mean agent\.timeout_ms\?/ },
  { what: 'a field of the template, in the options', with: { options: { parameters: [] } },     path: 'options.parameters', says: /did you mean options\.fallback_template\.parameters\?/ },
  { what: 'half an option',                  with: { options: { typing: 'off' } },              path: 'options.typing',    says: /did you mean typing_indicator\?/ },
  { what: 'a slip in the agent',             with: agent({ timeout: 5000 }),                    path: 'agent.timeout',     says: /did you mean timeout_ms\?/ },
  { what: 'a slip in the template',          with: { options: { fallback_template: { name: 'a', language: 'en', params: [] } } }, path: 'options.fallback_template.params', says: /did you mean parameters\?/ },
  { what: 'a whole answer of ours',          with: { channel: { title: 'x' } },                 path: 'channel',           says: /send what stands in it/ },
  { what: 'a header value with line breaks', with: agent({ headers: { 'x-a': 'b\r\nx-c: d' } }), path: 'agent.headers.x-a', says: /one line/ },
  { what: 'a header that is no name',        with: agent({ headers: { 'x a': 'b' } }),          path: 'agent.headers.x a', says: /header name/ },
  { what: 'a header of ours',                with: agent({ headers: { 'Webhook-Id': 'b' } }),   path: 'agent.headers.Webhook-Id', says: /channel itself/ },
  { what: 'one header twice',                with: agent({ headers: { 'X-A': 'b', 'x-a': 'c' } }), path: 'agent.headers.x-a', says: /twice/ },
  { what: 'headers over 2 KB',               with: agent({ headers: { 'x-a': 'b'.repeat(2_048) } }), path: 'agent.headers', says: /2048 bytes/ },
  { what: 'a transcriber without an address', with: { options: { transcription: { model: 'm' } } }, path: 'options.transcription.url', says: /address of the transcriber/ },
  { what: 'a transcriber without a model',   with: { options: { transcription: { url: 'https://speech.example' } } }, path: 'options.transcription.model', says: /1 to 200/ },
  { what: 'a transcriber over http',         with: ears({ url: 'http://speech.example/v1' }),   path: 'options.transcription.url', says: /not https/ },
  { what: 'a transcriber inside the network', with: ears({ url: 'https://10.0.0.7/v1' }),       path: 'options.transcription.url', says: /not public/ },
  { what: 'a transcriber at the metadata',   with: ears({ url: 'https://169.254.169.254/' }),   path: 'options.transcription.url', says: /not public/ },
  { what: 'a transcriber with credentials',  with: ears({ url: 'https://a:b@speech.example' }), path: 'options.transcription.url', says: /headers/ },
  { what: 'a transcriber’s header of two lines', with: ears({ headers: { 'x-a': 'b\r\nc: d' } }), path: 'options.transcription.headers.x-a', says: /one line/ },
  { what: 'a language that is none',         with: ears({ language: 'German, please' }),        path: 'options.transcription.language', says: /language code/ },
  { what: 'a slip in the transcriber',       with: ears({ promt: 'x' }),                        path: 'options.transcription.promt', says: /is not a field of the transcriber: did you mean prompt\?/ },
  { what: 'secrets that do not fit together', with: { ...agent({ headers: { a: 'x'.repeat(2_000) } }), ...ears({ headers: { b: 'x'.repeat(1_100) } }) }, path: 'options.transcription', says: /3000 bytes/ },
  { what: 'a transcriber that is a text',    with: { options: { transcription: 'https://speech.example' } }, path: 'options.transcription', says: /transcriber \(url, model\)/ },
  { what: 'another connector',               with: { connector: 'telegram' },                   path: 'connector',         says: /dialog360/ },
  { what: 'another type',                    with: { type: 'omnichannel' },                     path: 'type',              says: /messaging/ },
  { what: 'another hosting',                 with: { hosting: 'moon' },                         path: 'hosting',           says: /cloud, sandbox, on-premise/ },
  { what: 'an active that is a text',        with: { active: 'yes' },                           path: 'active',            says: /true or false/ },
  { what: 'an option out of its limits',     with: { options: { park_hours: 25 } },             path: 'options.park_hours', says: /1 to 24/ },
  { what: 'an option of another kind',       with: { options: { markdown: 'html' } },           path: 'options.markdown',  says: /as-is, convert/ },
  { what: 'options that are a list',         with: { options: [] },                             path: 'options',           says: /object/ },
];

test.each(bad)('$what is refused with its path, at creation and in an edit', async ({
  with: fault,
  path,
  says,
}) => {
  const created = await stage.create(fault);
  expect(created.status).toBe(422);
  expect(created.headers['content-type']).toBe('application/problem+json');
  expect(created.body).toMatchObject({ code: 'request-invalid', status: 422 });
  expect(created.body.errors).toContainEqual({ path, detail: expect.stringMatching(says) });

  if (Object.values(fault).includes(undefined)) return; // an edit may leave fields out
  if (JSON.stringify(fault) === '{"agent":{}}') return;
  const { channel } = (await stage.create()).body;
  const edited = await stage.send(`PATCH /admin/channels/${channel.id}`, fault);
  expect(edited.status).toBe(422);
  expect(edited.body.errors).toContainEqual({ path, detail: expect.stringMatching(says) });
  expect((await stage.send(`GET /admin/channels/${channel.id}`)).body.channel).toEqual(channel);
});

test('in the cloud a loopback agent and a loopback provider are refused as well', async () => {
  const { status, body } = await stage.send('POST /admin/channels', stage.input(), {
    deps: { reach: 'public' },
  });
  expect(status).toBe(422);
  expect(body.errors?.map(({ path }) => path)).toEqual(['agent.url', 'base_url']);
});

// biome-ignore format: a table reads by column
const bodies = [
  { what: 'nothing',           body: undefined,            status: 400, code: 'payload-unreadable' },
  { what: 'no JSON',           body: '{"title":',          status: 400, code: 'payload-unreadable' },
  { what: 'a list',            body: [],                   status: 400, code: 'payload-unreadable' },
  { what: 'null',              body: 'null',               status: 400, code: 'payload-unreadable' },
  { what: 'an empty object',   body: {},                   status: 422, code: 'request-invalid' },
  { what: 'over 64 KB',        body: { title: 'x'.repeat(66_000) }, status: 413, code: 'payload-too-large' },
];

test.each(bodies)('a body that is $what answers $status', async ({ body, status, code }) => {
  const answer = await stage.send('POST /admin/channels', body);
  expect(answer.status).toBe(status);
  expect(answer.body.code).toBe(code);
});

test('a refused secret is neither in the refusal nor in the log', async () => {
  const answer = await stage.create({
    token: 'hush hush',
    ...agent({ headers: { 'x-a': 'quiet\nquiet' } }),
  });
  for (const said of [answer.text, stage.logged()]) expect(said).not.toMatch(/hush|quiet/);
});

test.each([
  'GET /admin/channels/ch_00000000000000000000',
  'GET /admin/channels/nonsense',
  `GET /admin/channels/${'x'.repeat(3_000)}`,
  'POST /admin/channels/ch_00000000000000000000/activate',
  'POST /admin/channels/ch_00000000000000000000/check',
  'DELETE /admin/channels/ch_00000000000000000000',
])('%s answers that the channel is unknown', async (endpoint) => {
  expect((await stage.send(endpoint)).body).toMatchObject({ code: 'channel-unknown', status: 404 });
});

test.each(['explode', 'constructor', '__proto__'])('there is no action %s', async (action) => {
  const { id } = (await stage.create()).body.channel;
  const { status, body } = await stage.send(`POST /admin/channels/${id}/${action}`);
  expect(status).toBe(422);
  expect(body.errors?.[0]?.detail).toContain('activate, deactivate, hold, resume, check');
});

test.each([
  'limit=0',
  'limit=101',
  'limit=x',
  'cursor=nonsense',
  'cursor=',
])('a list with %s is refused', async (query) => {
  const { body } = await stage.send(`GET /admin/channels?${query}`);
  expect(body).toMatchObject({ code: 'request-invalid', status: 422 });
});

test('a channel may be sent back as it was shown, with all that only we write', async () => {
  const { channel } = (await stage.create()).body;
  const back = { ...channel, warnings: [], api_key: 'x', title: 'Renamed' };
  const { status, body } = await stage.send(`PATCH /admin/channels/${channel.id}`, back);
  expect(status).toBe(200);
  expect(body.channel).toMatchObject({ id: channel.id, title: 'Renamed' });
  expect(body.channel.created_at).toBe(channel.created_at);
});

test('in an edit null clears what it may clear, and is no value of anything else', async () => {
  const options = {
    agent_failed_text: 'Sorry.',
    fallback_template: { name: 'a', language: 'pt-BR' },
  };
  const { channel } = (await stage.create({ options })).body;
  expect(channel.options.fallback_template).toEqual({ name: 'a', language: 'pt_BR' });
  const cleared = await stage.send(`PATCH /admin/channels/${channel.id}`, {
    options: { agent_failed_text: null, fallback_template: null },
  });
  expect(cleared.body.channel.options).toMatchObject({
    agent_failed_text: null,
    fallback_template: null,
  });
  const refused = await stage.send(`PATCH /admin/channels/${channel.id}`, { title: null });
  expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([422, 'title']);
});
