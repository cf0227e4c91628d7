import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelInputSchema } from '../../../../shared/contract/channel-input.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import type { ChannelSecrets } from '../../../../shared/contract/channel-secrets.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import {
  channelFields,
  transcriberSecrets,
} from '../../../../shared/rules/channel/channel-fields.ts';
import { channelView } from '../../../../shared/rules/channel/channel-view.ts';
import { mergeEdit, withUsualOptions } from '../../../../shared/rules/channel/merge-edit.ts';

const secrets: ChannelSecrets = {
  token: 'key-0123456789',
  agent_secret: 'whsec_x',
  previous_agent_secret: null,
  agent_headers: { Authorization: 'Bearer one', 'x-two': 'two' },
  webhook_token: 'w',
  webhook_header: 'h',
  incoming_request_token: 'i',
};
const input = parse(channelInputSchema, {
  title: 'Support',
  token: secrets.token,
  base_url: 'https://proxy.example/waba//',
  agent: { url: 'https://agent.example', headers: secrets.agent_headers },
  options: { typing_indicator: false },
});
const channel: Channel = {
  ...channelFields(input),
  id: 'ch_1',
  version: 3,
  secret_version: 2,
  access: { webhook_token: [], webhook_header: [], api_key: [], incoming_request_token: [] },
  created_at: 'c',
  updated_at: 'u',
};
const merged = (edit: Record<string, unknown>) => mergeEdit(channel, secrets, edit);

test('a row keeps no secret: the token as a hash, headers as names, the base without slashes', () => {
  expect(JSON.stringify(channel)).not.toMatch(/key-0123|Bearer|"two"/);
  expect(channel).toMatchObject({
    token_last_four: '6789',
    base_url: 'https://proxy.example/waba',
    agent: { header_names: ['Authorization', 'x-two'] },
    options: { typing_indicator: 'off' },
  });
});

test('a row says whether the agent has a key, and not which', () => {
  const agent = { kind: 'openai-chat', url: 'https://agent.example', model: 'm' };
  const row = (more: object) =>
    channelFields(parse(channelInputSchema, { ...input, agent: { ...agent, ...more } })).agent;
  expect(row({ api_key: 'sk-1' })).toMatchObject({ has_api_key: true });
  expect(row({ api_key: 'sk-1' })).not.toHaveProperty('api_key');
  expect(row({})).not.toHaveProperty('has_api_key');
  expect(row({ system_prompt: null })).toMatchObject({ model: 'm' });
  expect(row({ system_prompt: null })).not.toHaveProperty('system_prompt');
});

test('no edit is the channel itself', () => {
  const same = parse(channelInputSchema, merged({}));
  expect(same).toEqual({ ...input, base_url: 'https://proxy.example/waba' });
});

test('a view sent back as it was read is no edit', () => {
  const view = channelView(channel, secrets, 'https://channel.example');
  expect(parse(channelInputSchema, merged({ ...view }))).toEqual(
    parse(channelInputSchema, merged({})),
  );
});

// biome-ignore format: a table reads by column
const edits: { what: string; edit: Record<string, unknown>; becomes: Record<string, unknown> }[] = [
  { what: 'a title',                        edit: { title: 'T' },                                          becomes: { title: 'T' } },
  { what: 'one key of the agent',           edit: { agent: { timeout_ms: 1 } },                            becomes: { agent: { ...input.agent, timeout_ms: 1 } } },
  { what: 'one option',                     edit: { options: { choices: 'list' } },                        becomes: { options: { ...channel.options, transcription: null, choices: 'list' } } },
  { what: 'all headers gone',               edit: { agent: { headers: {} } },                              becomes: { agent: { ...input.agent, headers: {} } } },
  { what: 'a masked header beside a new one', edit: { agent: { headers: { AUTHORIZATION: '…', n: 'v' } } }, becomes: { agent: { ...input.agent, headers: { AUTHORIZATION: 'Bearer one', n: 'v' } } } },
  { what: 'a mask that hides nothing',      edit: { agent: { headers: { n: '…' } } },                      becomes: { agent: { ...input.agent, headers: { n: '…' } } } },
  { what: 'the masked token',               edit: { token: '…6789' },                                      becomes: { token: secrets.token } },
  { what: 'another mask',                   edit: { token: '…0000' },                                      becomes: { token: '…0000' } },
  { what: 'base_url null',                  edit: { base_url: null },                                      becomes: { base_url: null } },
  { what: 'an agent that is none',          edit: { agent: null },                                         becomes: { agent: null } },
  { what: 'options that are none',          edit: { options: 'x' },                                        becomes: { options: 'x' } },
  { what: 'headers that are none',          edit: { agent: { headers: 7 } },                               becomes: { agent: { ...input.agent, headers: 7 } } },
];

test.each(edits)('an edit of $what', ({ edit, becomes }) => {
  expect(merged(edit)).toEqual({ ...merged({}), ...becomes });
});

test('every option has a default', () => {
  expect(Object.keys(channel.options)).toEqual(Object.keys(parse(channelOptionsSchema, {})));
});

const speech = {
  url: 'https://speech.example/v1',
  model: 'whisper-1',
  headers: { 'x-team': 'one' },
  api_key: 'sk-1',
  language: 'de',
};
const heard: Channel = {
  ...channel,
  ...channelFields(parse(channelInputSchema, { ...input, options: { transcription: speech } })),
};
const hearing: ChannelSecrets = {
  ...secrets,
  transcriber_headers: speech.headers,
  transcriber_api_key: speech.api_key,
};

test('a row keeps no secret of the transcriber, a view masks them, and sent back they stay', () => {
  expect(heard.options.transcription).toEqual({
    url: speech.url,
    model: 'whisper-1',
    language: 'de',
    header_names: ['x-team'],
    has_api_key: true,
  });
  const view = channelView(heard, hearing, 'https://channel.example');
  expect(view.options.transcription).toMatchObject({ headers: { 'x-team': '…' }, api_key: '…' });
  const again = parse(channelInputSchema, mergeEdit(heard, hearing, { ...view }));
  expect(again.options.transcription).toEqual(speech);
  expect(transcriberSecrets(again)).toEqual({
    transcriber_headers: speech.headers,
    transcriber_api_key: 'sk-1',
  });
  expect(channelView(channel, secrets, '').options.transcription).toBeNull();
});

// biome-ignore format: a table reads by column
const ears: { what: string; from: Channel; edit: unknown; becomes: unknown }[] = [
  { what: 'nothing',                     from: heard,   edit: {},                                becomes: speech },
  { what: 'another model',               from: heard,   edit: { model: 'n' },                    becomes: { ...speech, model: 'n' } },
  { what: 'another key',                 from: heard,   edit: { api_key: 'sk-2' },               becomes: { ...speech, api_key: 'sk-2' } },
  { what: 'no key any more',             from: heard,   edit: { api_key: null },                 becomes: { ...speech, api_key: null } },
  { what: 'the masks',                   from: heard,   edit: { api_key: '…', headers: { 'X-TEAM': '…' } }, becomes: { ...speech, headers: { 'X-TEAM': 'one' } } },
  { what: 'other headers',               from: heard,   edit: { headers: { a: 'b' } },           becomes: { ...speech, headers: { a: 'b' } } },
  { what: 'no language',                 from: heard,   edit: { language: null },                becomes: { ...speech, language: null } },
  { what: 'none any more',               from: heard,   edit: null,                              becomes: null },
  { what: 'one that is none',            from: heard,   edit: 'x',                               becomes: 'x' },
  { what: 'the first one',               from: channel, edit: speech,                            becomes: speech },
  { what: 'a mask that hides nothing',   from: channel, edit: { ...speech, api_key: '…' },       becomes: { ...speech, api_key: '…' } },
];
test.each(ears)('an edit of the transcriber: $what', ({ from, edit, becomes }) => {
  const now = from === heard ? hearing : secrets;
  const options = mergeEdit(from, now, { options: { transcription: edit } }).options;
  expect(options).toEqual({ ...channel.options, ...from.options, transcription: becomes });
});

test('the secrets of the agent and the transcriber fit together into their place', () => {
  const read = (headers: Record<string, string>) =>
    channelInputSchema.safeParse({
      ...input,
      agent: { url: 'https://agent.example', headers: { a: 'x'.repeat(2000) }, api_key: 'k' },
      options: { transcription: { ...speech, headers } },
    });
  expect(read({ b: 'x'.repeat(900) }).success).toBe(true);
  expect(read({ b: 'x'.repeat(1000) }).error?.issues).toMatchObject([
    { path: ['options', 'transcription'], message: expect.stringContaining('3000 bytes') },
  ]);
});

const model: Channel = {
  ...channel,
  agent: { ...channel.agent, kind: 'openai-chat', model: 'm', has_api_key: true },
};
const keyed: ChannelSecrets = { ...secrets, agent_api_key: 'sk-1' };
const { kind: _, ...ofAnyKind } = input.agent;

// biome-ignore format: a table reads by column
const kinds: { what: string; from: Channel; agent: Record<string, unknown>; becomes: Record<string, unknown>; options?: Record<string, unknown> }[] = [
  { what: 'the masked key',             from: model,   agent: { api_key: '…' },                        becomes: { kind: 'openai-chat', model: 'm', api_key: 'sk-1' } },
  { what: 'another key',                from: model,   agent: { api_key: 'sk-2' },                     becomes: { kind: 'openai-chat', model: 'm', api_key: 'sk-2' } },
  { what: 'no key any more',            from: model,   agent: { api_key: null },                       becomes: { kind: 'openai-chat', model: 'm', api_key: null } },
  { what: 'a mask that hides no key',   from: channel, agent: { api_key: '…' },                        becomes: { kind: 'http', api_key: '…' } },
  { what: 'another setting',            from: model,   agent: { model: 'n' },                          becomes: { kind: 'openai-chat', model: 'n', api_key: 'sk-1' } },
  { what: 'the kind it has',            from: model,   agent: { kind: 'openai-chat' },                 becomes: { kind: 'openai-chat', model: 'm', api_key: 'sk-1' } },
  { what: 'another kind',               from: model,   agent: { kind: 'http' },                        becomes: { kind: 'http' } },
  { what: 'a kind that is usually told the history', from: channel, agent: { kind: 'anthropic', model: 'c' }, becomes: { kind: 'anthropic', model: 'c' }, options: { markdown: 'convert', history_turns: 20 } },
  { what: 'a kind that is usually told none', from: channel, agent: { kind: 'n8n' },                   becomes: { kind: 'n8n' }, options: { markdown: 'convert' } },
  { what: 'a kind that there is not',   from: channel, agent: { kind: 'toString' },                    becomes: { kind: 'toString' } },
];

test.each(kinds)('an edit of the agent: $what', ({ from, agent, becomes, options = {} }) => {
  const secretsNow = from === model ? keyed : secrets;
  const edited = mergeEdit(from, secretsNow, { agent });
  const { api_key, ...shown } = edited.agent as Record<string, unknown>;
  const { api_key: wanted, ...rest } = becomes;
  expect(shown).toEqual({ ...withoutKey(ofAnyKind), ...rest });
  expect(api_key ?? null).toBe(wanted ?? null);
  expect(edited.options).toEqual({ ...from.options, transcription: null, ...options });
});

test('an edit’s own options stand above those that are usual for its kind', () => {
  const edit = { agent: { kind: 'anthropic' }, options: { history_turns: 3 } };
  expect(merged(edit).options).toMatchObject({ markdown: 'convert', history_turns: 3 });
});

// biome-ignore format: a table reads by column
const bodies: { what: string; body: unknown; becomes: unknown }[] = [
  { what: 'no options',                 body: { agent: { kind: 'n8n' } },                              becomes: { agent: { kind: 'n8n' }, options: { markdown: 'convert' } } },
  { what: 'an option of its own',       body: { agent: { kind: 'n8n' }, options: { markdown: 'as-is' } }, becomes: { agent: { kind: 'n8n' }, options: { markdown: 'as-is' } } },
  { what: 'another option',             body: { agent: { kind: 'n8n' }, options: { park_hours: 7 } },  becomes: { agent: { kind: 'n8n' }, options: { markdown: 'convert', park_hours: 7 } } },
  { what: 'options that are none',      body: { agent: { kind: 'n8n' }, options: 'x' },                becomes: { agent: { kind: 'n8n' }, options: 'x' } },
  { what: 'options null',               body: { agent: { kind: 'n8n' }, options: null },               becomes: { agent: { kind: 'n8n' }, options: null } },
  { what: 'a kind that there is not',   body: { agent: { kind: 'x' } },                                becomes: { agent: { kind: 'x' }, options: {} } },
  { what: 'no agent',                   body: { title: 'T' },                                          becomes: { title: 'T' } },
  { what: 'no object',                  body: 7,                                                       becomes: 7 },
];

test.each(bodies)('a new channel with $what', ({ body, becomes }) => {
  expect(withUsualOptions(body)).toEqual(becomes);
});

function withoutKey({ api_key: _key, ...rest }: Record<string, unknown>) {
  return rest;
}
