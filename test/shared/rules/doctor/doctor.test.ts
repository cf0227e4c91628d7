import { expect, test } from 'vitest';
import type { AskedAgent } from '../../../../shared/contract/channel-answer.ts';
import { channelOptionsSchema } from '../../../../shared/contract/channel-options.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { activationWarnings } from '../../../../shared/rules/channel/activation.ts';
import { type HomeFacts, homeFindings } from '../../../../shared/rules/doctor/doctor-home.ts';
import {
  type ProviderFacts,
  providerFindings,
} from '../../../../shared/rules/doctor/doctor-provider.ts';

const options = (more: object = {}) => parse(channelOptionsSchema, more);
const url = 'https://channel.example/webhooks/ch_1/t';
const at = Date.parse('2026-11-23T10:00:00Z');
const WEEK = 7 * 24 * 3_600_000;

const home: HomeFacts = {
  agent: { kind: 'ready' },
  asked: null,
  transcriber: null,
  endpoint: { kind: 'answered', status: 200, ours: true },
  lastSeen: {
    last_inbound_at: at,
    last_standby_at: null,
    last_status_at: at,
    last_header_at: at,
    last_odd_answer_at: null,
  },
  lambdaLimit: null,
  concurrency: null,
  keyHolder: null,
  checkedAt: at,
  left: { waiting: null, dead_letters: { count: 0, more: false } },
};
const provider: ProviderFacts = {
  wanted: { url, headers: { 'x-webhook-secret': 's' } },
  webhook: { kind: 'found', url, headers: { 'x-webhook-secret': 's' } },
  health: { kind: 'healthy' },
  templates: {
    kind: 'listed',
    templates: [{ name: 'hello', language: 'en', status: 'APPROVED', gaps: [] }],
    more: false,
  },
  filled: [],
};
const channel = { active: true, base_url: null, options: options() };
const refused = { kind: 'refused', status: 429, words: null } as const;

test('a channel in good health has only good findings', () => {
  const all = [...homeFindings(channel, home), ...providerFindings(channel, provider)];
  expect(all.map(({ level }) => level)).toEqual(all.map(() => 'ok'));
  expect(all.map(({ cure }) => cure)).toEqual(all.map(() => null));
});

const template = { name: 'hello', language: 'en' };
/** The fallback template, whose body leaves `gaps` open; the options fill `filled`. */
const filling = (gaps: string[] | null, filled: string[]) => ({
  channel: { options: options({ fallback_template: template }) },
  provider: {
    filled,
    templates: {
      kind: 'listed' as const,
      templates: [{ ...template, status: 'APPROVED', gaps }],
      more: true,
    },
  },
});
const unfit = { 'fallback-template-parameters': 'problem' };

const asked = (more: Partial<AskedAgent> = {}): AskedAgent => ({
  text: 'ping',
  outcome: 'answered',
  replies: [{ kind: 'text', text: 'pong', refused: null }],
  dialog: 'open',
  code: null,
  reason: null,
  took_ms: 812,
  ...more,
});

// biome-ignore format: a table reads by column
const cases: { when: string; channel?: object; home?: Partial<HomeFacts>; provider?: Partial<ProviderFacts>; finds: Record<string, string> }[] = [
  { when: 'it is not active',                      channel: { active: false },                                    finds: { 'channel-inactive': 'note' } },
  { when: 'it is blocked',                         channel: { blocked: { code: 131042, reason: 'No bill was paid.', since: at } }, finds: { 'channel-blocked': 'problem' } },
  { when: 'it is blocked without a reason',        channel: { blocked: { code: 401, reason: '', since: at } },    finds: { 'channel-blocked': 'problem' } },
  { when: 'its template option names none',        channel: { options: options({ if_window_closed: 'template' }) }, finds: { 'fallback-template-missing': 'problem' } },
  { when: 'its fallback template is approved',     channel: { options: options({ fallback_template: template }) }, finds: {} },
  { when: 'it is approved in another language', channel: { options: options({ fallback_template: { ...template, language: 'de' } }) }, finds: { 'fallback-template-unknown': 'problem' } },
  { when: 'its fallback template is filled',       ...filling(['1', '2'], ['1', '2']),                            finds: {} },
  { when: 'it is filled by names',                 ...filling(['name', 'order'], ['order', 'name']),              finds: {} },
  { when: 'it is filled by positions with names',  ...filling(['1'], ['name']),                                   finds: {} },
  { when: 'it is filled too little',               ...filling(['1', '2'], ['1']),                                 finds: unfit },
  { when: 'it is not filled at all',               ...filling(['1'], []),                                         finds: unfit },
  { when: 'it is filled, and leaves nothing open', ...filling([], ['1']),                                         finds: unfit },
  { when: 'it is filled under other names',        ...filling(['name'], ['nmae']),                                finds: unfit },
  { when: 'its body is not known',                 ...filling(null, ['1']),                                       finds: {} },
  { when: 'there are more templates than read', channel: { options: options({ fallback_template: { ...template, name: 'x' } }) }, provider: { templates: { ...provider.templates, more: true } as ProviderFacts['templates'] }, finds: {} },
  { when: 'no word takes a stop word back',        channel: { options: options({ stop_words: ['stop'] }) },       finds: { 'start-words-missing': 'note' } },
  { when: 'a start word takes it back',            channel: { options: options({ stop_words: ['stop'], start_words: ['start'] }) }, finds: {} },
  { when: 'our endpoint answers something else',   home: { endpoint: { kind: 'answered', status: 200, ours: false } }, finds: { 'endpoint-silent': 'problem' } },
  { when: 'our endpoint cannot be reached',        home: { endpoint: { kind: 'silent', reason: 'ENOTFOUND' } },       finds: { 'endpoint-silent': 'problem' } },
  { when: 'the header does not arrive',            home: { lastSeen: { ...home.lastSeen, last_header_at: null } },      finds: { 'header-missing': 'note' } },
  { when: 'it does not, and is required',          channel: { options: options({ require_webhook_header: true }) }, home: { lastSeen: { ...home.lastSeen, last_header_at: null } }, finds: { 'header-missing': 'problem' } },
  { when: 'the agent is not ready',                home: { agent: { kind: 'not-ready', reason: 'no model' } },    finds: { 'agent-not-ready': 'problem' } },
  { when: 'the agent is silent',                   home: { agent: { kind: 'silent', reason: 'timeout' } },        finds: { 'agent-silent': 'problem' } },
  { when: 'the agent refuses our signature',       home: { agent: { kind: 'ready', doubt: { why: 'unauthorized', status: 401 } } }, finds: { 'agent-unauthorized': 'problem' } },
  { when: 'no agent is at its address',            home: { agent: { kind: 'ready', doubt: { why: 'not-found', status: 404 } } },    finds: { 'agent-not-found': 'problem' } },
  { when: 'the agent’s address redirects',         home: { agent: { kind: 'ready', doubt: { why: 'redirects', status: 307 } } },    finds: { 'agent-redirects': 'problem' } },
  { when: 'the transcriber answers',               home: { transcriber: { kind: 'answers', found: 'It has the model m.' } }, finds: {} },
  { when: 'the transcriber refuses the key',       home: { transcriber: { kind: 'key-refused', status: 401 } },   finds: { 'transcriber-key-refused': 'problem' } },
  { when: 'the transcriber redirects',             home: { transcriber: { kind: 'redirects', status: 308 } },     finds: { 'transcriber-redirects': 'problem' } },
  { when: 'the transcriber is silent',             home: { transcriber: { kind: 'silent', reason: 'timeout' } },  finds: { 'transcriber-silent': 'problem' } },
  { when: 'a web page is at the agent’s address',  home: { agent: { kind: 'ready', doubt: { why: 'html', status: 200 } } },         finds: { 'agent-answers-html': 'problem' } },
  { when: 'the agent does not know the event',     home: { agent: { kind: 'ready', doubt: { why: 'refuses', status: 422 } } },      finds: { 'agent-refuses-ready': 'note' } },
  { when: 'an answer had no replies in it',        home: { lastSeen: { ...home.lastSeen, last_odd_answer_at: at - 60_000 } },      finds: { 'agent-answer-odd': 'note' } },
  { when: 'that was long ago',                     home: { lastSeen: { ...home.lastSeen, last_odd_answer_at: at - 25 * 3_600_000 } }, finds: {} },
  { when: 'its kind cannot be asked for free',     home: { agent: { kind: 'unasked' } },                          finds: { 'agent-not-asked': 'note' } },
  { when: 'it cannot, and was asked for real',     home: { agent: { kind: 'unasked' }, asked: asked() },          finds: {} },
  { when: 'it answers a message with nothing',     home: { asked: asked({ replies: [] }) },                       finds: { 'agent-answered-nothing': 'note' } },
  { when: 'it answers it with what cannot be read', home: { asked: asked({ replies: [], code: 'agent-answer-odd', reason: 'It has `reply`.' }) }, finds: { 'agent-answered-nothing': 'note' } },
  { when: 'it answers it with an unknown dialog',  home: { asked: asked({ code: 'agent-answer-odd', reason: '`dialog` is unknown.' }) }, finds: { 'agent-answered': 'note' } },
  { when: 'it answers it with a bad reply',        home: { asked: asked({ replies: [{ kind: 'unreadable', text: '', refused: 'reply-invalid: text: must be text' }] }) }, finds: { 'agent-reply-refused': 'problem' } },
  { when: 'it answers it later',                   home: { asked: asked({ outcome: 'later', replies: [] }) },     finds: { 'agent-answers-later': 'note' } },
  { when: 'it loses it',                           home: { asked: asked({ outcome: 'failed', replies: [], code: 'agent-timeout', reason: 'No answer.' }) }, finds: { 'agent-answer-failed': 'problem' } },
  { when: 'another channel has its key',           home: { keyHolder: 'ch_0123456789abcdef0123' },                finds: { 'key-held-by-another': 'problem' } },
  { when: 'nothing ever came',                     home: { lastSeen: { ...home.lastSeen, last_inbound_at: null, last_status_at: null, last_header_at: null } }, finds: { 'inbound-never': 'note', 'status-never': 'note' } },
  { when: 'Meta’s own agent has conversations',     home: { lastSeen: { ...home.lastSeen, last_standby_at: at } },      finds: { 'meta-agent-answers': 'note' } },
  { when: 'Meta’s own agent has all of them',      home: { lastSeen: { ...home.lastSeen, last_inbound_at: null, last_standby_at: at } }, finds: { 'meta-agent-answers': 'note' } },
  { when: 'Meta’s own agent had one a week before the last', home: { lastSeen: { ...home.lastSeen, last_standby_at: at - WEEK } }, finds: { 'meta-agent-answers': 'note' } },
  { when: 'Meta’s own agent had the last one a week ago', home: { lastSeen: { ...home.lastSeen, last_standby_at: at - WEEK - 1 } }, finds: {} },
  { when: 'turns were given up',                   home: { left: { ...home.left, dead_letters: { count: 12, more: false } } }, finds: { 'dead-letters-left': 'note' } },
  { when: 'messages wait for the agent',           home: { left: { ...home.left, waiting: { for: 'agent', since: '2026-11-23T10:00:00Z', failures: 2 } } }, finds: { 'agent-waited-for': 'note' } },
  { when: 'replies wait for the provider',         home: { left: { ...home.left, waiting: { for: 'provider', since: '2026-11-23T10:00:00Z', failures: 2 } } }, finds: { 'provider-waited-for': 'note' } },
  { when: 'the account is a fresh one',            home: { lambdaLimit: 10 },                                     finds: { 'lambda-limit-low': 'note' } },
  { when: 'the account has room',                  home: { lambdaLimit: 1000 },                                   finds: {} },
  { when: 'the stack uses what a fresh account has', home: { lambdaLimit: 10, concurrency: { all: 10, workers: 2 } }, finds: { 'lambda-limit-low': 'note' } },
  { when: 'the stack wants more than there is',    home: { lambdaLimit: 10, concurrency: { all: 50, workers: 12 } }, finds: { 'lambda-limit-exceeded': 'note' } },
  { when: 'the stack uses little of much',         home: { lambdaLimit: 1000, concurrency: { all: 10, workers: 2 } }, finds: { 'concurrency-low': 'note' } },
  { when: 'the stack uses much',                   home: { lambdaLimit: 1000, concurrency: { all: 100, workers: 27 } }, finds: {} },
  { when: 'the webhook is not ours',               provider: { webhook: { kind: 'found', url: 'https://x.example', headers: {} } }, finds: { 'webhook-foreign': 'problem' } },
  { when: 'it is not ours, and we are not active', channel: { active: false }, provider: { webhook: { kind: 'found', url: 'https://x.example', headers: {} } }, finds: { 'channel-inactive': 'note', 'webhook-foreign': 'note' } },
  { when: 'the webhook is at this path of another host', provider: { webhook: { kind: 'found', url: 'https://old.example/webhooks/ch_1/t', headers: { 'x-webhook-secret': 's' } } }, finds: { 'webhook-at-other-address': 'note' } },
  { when: 'the webhook is no address at all',      provider: { webhook: { kind: 'found', url: 'nonsense', headers: {} } }, finds: { 'webhook-foreign': 'problem' } },
  { when: 'there is no webhook',                   provider: { webhook: { kind: 'found', url: null, headers: null } }, finds: { 'webhook-missing': 'problem' } },
  { when: 'the webhook was pasted by hand',        provider: { webhook: { kind: 'found', url, headers: {} } },    finds: { 'webhook-without-header': 'note' } },
  { when: 'the provider is away',                  provider: { webhook: { kind: 'unreachable', reason: 'timeout' } }, finds: { 'provider-unreachable': 'problem' } },
  { when: 'the key is rejected',                   provider: { webhook: { kind: 'refused', status: 401, words: 'Invalid api_key' } }, finds: { 'key-rejected': 'problem' } },
  { when: 'the provider refuses otherwise',        provider: { webhook: { kind: 'refused', status: 400, words: 'lack of payment' } }, finds: { 'provider-refuses': 'problem' } },
  { when: 'the number is limited',                 provider: { health: { kind: 'impaired', state: 'LIMITED', causes: [] } }, finds: { 'number-impaired': 'problem' } },
  { when: 'its health cannot be read',             provider: { health: refused },                                 finds: { 'number-health-unreadable': 'note' } },
  { when: 'templates cannot be read',              provider: { templates: { kind: 'unreachable', reason: 'timeout' } }, finds: { 'templates-unreadable': 'note' } },
  { when: 'no template is approved',               provider: { templates: { kind: 'listed', templates: [{ ...template, status: 'PENDING', gaps: null }], more: false } }, finds: { 'templates-none': 'note' } },
  { when: 'the host has neither',                  provider: { health: { kind: 'unknown' }, templates: { kind: 'none' } }, finds: {} },
];

test.each(cases)('when $when', (row) => {
  const seen = { ...channel, ...row.channel };
  const all = [
    ...homeFindings(seen, { ...home, ...row.home }),
    ...providerFindings(seen, { ...provider, ...row.provider }),
  ].filter(({ level }) => level !== 'ok');
  expect(Object.fromEntries(all.map(({ code, level }) => [code, level]))).toEqual(row.finds);
  for (const { cure, detail } of all) {
    expect(cure).toMatch(/\S/);
    expect(detail).not.toMatch(/undefined|null|\[object/);
  }
});

test('on a fresh account the doctor says what a slow agent means', () => {
  const slow = { ...home, lambdaLimit: 10, concurrency: { all: 10, workers: 2 } };
  const found = homeFindings(channel, slow).find(({ code }) => code === 'lambda-limit-low');
  expect(found?.detail).toContain('Of them 2 ask agents');
  expect(found?.detail).toContain(
    'may hold 1: with an agent that takes 20 seconds it gets 3 answers a minute. The webhook shares what the queues leave with the other endpoints, media and the sweep.',
  );
});

test('the two warnings of the original platform have its words, apostrophe and all', () => {
  const titles = activationWarnings({ kind: 'silent', reason: 'timeout' }, refused).map(
    ({ code, title }) => [code, title],
  );
  expect(titles).toEqual([
    ['webhook-not-registered', 'Couldn\u2019t register agent webhook'],
    ['agent-silent', 'Agent did not answer'],
  ]);
  const [away] = activationWarnings(null, { kind: 'unreachable', reason: 'timeout' });
  expect(away).toMatchObject({ code: 'provider-unreachable', title: 'Can\u2019t reach channel' });
  expect(activationWarnings({ kind: 'ready' }, { kind: 'registered' })).toEqual([]);
});

test('when the provider is away, the cure names base_url only where it is set', () => {
  const webhook = { kind: 'unreachable', reason: 'timeout' } as const;
  const curesOf = (base_url: string | null) =>
    providerFindings({ ...channel, base_url }, { ...provider, webhook }).map(({ cure }) => cure);
  expect(String(curesOf('https://stand-in.example'))).toContain('base_url');
  expect(String(curesOf(null))).not.toContain('base_url');
});
