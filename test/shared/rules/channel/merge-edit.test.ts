import { expect, test } from 'vitest';
import type { Channel } from '../../../../shared/contract/channel.ts';
import { channelInputSchema } from '../../../../shared/contract/channel-input.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import type { ChannelSecrets } from '../../../../shared/contract/channel-secrets.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { channelFields } from '../../../../shared/rules/channel/channel-fields.ts';
import { channelView } from '../../../../shared/rules/channel/channel-view.ts';
import { mergeEdit } from '../../../../shared/rules/channel/merge-edit.ts';

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
  { what: 'one option',                     edit: { options: { choices: 'list' } },                        becomes: { options: { ...channel.options, choices: 'list' } } },
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
