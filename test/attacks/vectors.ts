// Attacks, as data. Add a line for each new one; test/journeys/attacks.test.ts carries them out.

/**
 * One request. `{name}` in a path, a header or a body stands for what the attacker knows or wants: `{channel}`,
 * `{key}` (its API key), `{webhook_token}`, `{webhook_header}`, `{incoming_token}`, `{chat}`, and the same of another
 * channel with `other_` before it.
 */
export interface Vector {
  what: string;
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** A function makes what is too long or too deep to write down. */
  body?: string | object | (() => string);
  /** What must come out; never a 5xx, and never a secret. */
  status: number;
  /** The code of the problem document. */
  code?: string;
}

const DEEP = 100_000;
const deep = (open: string, close: string, inside = '1') =>
  open.repeat(DEEP) + inside + close.repeat(DEEP);
const deepList = () => deep('[', ']');
const long = (size: number, sign = 'x') => sign.repeat(size);

const JSON_TYPE = { 'content-type': 'application/json' };
const KEY = { authorization: 'Bearer {key}', ...JSON_TYPE };
const OTHER_KEY = { authorization: 'Bearer {other_key}', ...JSON_TYPE };
const SECRET = { 'x-webhook-secret': '{webhook_header}', ...JSON_TYPE };
const V1 = '/v1/channels/{channel}';
const ADMIN = '/admin/channels';
const WEBHOOK = '/webhooks/{channel}/{webhook_token}';
const INCOMING = '/incoming_request/{channel}::{incoming_token}';
const REFUSED = { status: 401, code: 'unauthorized' };
const UNKNOWN = { status: 404, code: 'channel-unknown' };
const INVALID = { status: 422, code: 'request-invalid' };
const BAD_REPLY = { status: 422, code: 'reply-invalid' };
const UNREADABLE = { status: 400, code: 'payload-unreadable' };
const TOO_LARGE = { status: 413, code: 'payload-too-large' };
const NO_CHAT = { status: 404, code: 'chat-unknown' };
const NOT_HERE = { status: 403, code: 'unauthorized' };
const NO_ROUTE = { status: 404 };

const to = { chat_id: '{chat}' };
const message = (reply: unknown) => ({ to, replies: [reply] });
const raw = (body: object) => message({ type: 'raw', message: body });
const newChannel = (more: object) => ({
  title: 'New',
  token: 'attack-key-0001',
  agent: { url: 'http://127.0.0.1:1/' },
  ...more,
});

// biome-ignore format: a table reads by line
const SECRETS: Vector[] = [
  { what: 'no key', path: `${V1}/templates`, ...REFUSED },
  { what: 'an empty key', path: `${V1}/templates`, headers: { authorization: 'Bearer ' }, ...REFUSED },
  { what: 'another scheme', path: `${V1}/templates`, headers: { authorization: 'Basic {key}' }, ...REFUSED },
  { what: 'a key and a word', path: `${V1}/templates`, headers: { authorization: 'Bearer {key} x' }, ...REFUSED },
  { what: 'two keys in one header', path: `${V1}/templates`, headers: { authorization: 'Bearer x, Bearer {key}' }, ...REFUSED },
  { what: 'a key in another case', path: `${V1}/templates`, headers: { authorization: 'Bearer {key_upper}' }, ...REFUSED },
  { what: 'the key of another channel', path: `${V1}/templates`, headers: OTHER_KEY, ...REFUSED },
  { what: 'the hash of a key', path: `${V1}/templates`, headers: { authorization: 'Bearer {key_hash}' }, ...REFUSED },
  { what: 'the Incoming Request token as key', path: `${V1}/templates`, headers: { authorization: 'Bearer {incoming_token}' }, ...REFUSED },
  { what: 'the webhook token as key', path: `${V1}/templates`, headers: { authorization: 'Bearer {webhook_token}' }, ...REFUSED },
  { what: 'the key in the query', path: `${V1}/templates?authorization=Bearer%20{key}`, ...REFUSED },
  { what: 'a key of 10 000 signs', path: `${V1}/templates`, headers: { authorization: `Bearer ${long(10_000)}` }, ...REFUSED },
  { what: 'a key of blanks', path: `${V1}/templates`, headers: { authorization: `Bearer ${long(10_000, ' ')}x y` }, ...REFUSED },
  { what: 'an unknown channel', path: '/v1/channels/ch_00000000000000000000/templates', headers: KEY, ...REFUSED },
  { what: 'a channel that is no id', path: '/v1/channels/__proto__/templates', headers: KEY, ...REFUSED },
  { what: 'a channel with the sign between keys', path: '/v1/channels/{channel}%23CHANNEL/templates', headers: KEY, ...REFUSED },
  { what: 'a channel with a null byte', path: '/v1/channels/{channel}%00/templates', headers: KEY, ...REFUSED },
  { what: 'a channel with a line break', path: '/v1/channels/{channel}%0a/templates', headers: KEY, ...REFUSED },
  { what: 'a channel in capitals', path: '/v1/channels/{channel_upper}/templates', headers: KEY, ...REFUSED },
  { what: 'an Incoming Request without a token', path: '/incoming_request/{channel}', ...REFUSED },
  { what: 'an Incoming Request with an empty token', path: '/incoming_request/{channel}::', ...REFUSED },
  { what: 'an Incoming Request with the API key', path: '/incoming_request/{channel}::{key}', ...REFUSED },
  { what: 'an Incoming Request with another channel’s token', path: '/incoming_request/{channel}::{other_incoming_token}', ...REFUSED },
  { what: 'an Incoming Request with a token and more', path: `${INCOMING}::x`, ...REFUSED },
  { what: 'an Incoming Request with 7 000 colons', path: `/incoming_request/${long(7_000, ':')}`, ...REFUSED },
  { what: 'an Incoming Request with a line break', path: '/incoming_request/{channel}%0a::{incoming_token}', ...REFUSED },
  { what: 'a webhook with another channel’s token', method: 'POST', path: '/webhooks/{channel}/{other_webhook_token}', headers: SECRET, body: {}, ...UNKNOWN },
  { what: 'a webhook with another channel’s header', method: 'POST', path: WEBHOOK, headers: { 'x-webhook-secret': '{other_webhook_header}', ...JSON_TYPE }, body: {}, ...REFUSED },
  { what: 'a webhook with the token as header', method: 'POST', path: WEBHOOK, headers: { 'x-webhook-secret': '{webhook_token}', ...JSON_TYPE }, body: {}, ...REFUSED },
  { what: 'a webhook with an empty header', method: 'POST', path: WEBHOOK, headers: { 'x-webhook-secret': '', ...JSON_TYPE }, body: {}, ...REFUSED },
  { what: 'a webhook with the header twice', method: 'POST', path: WEBHOOK, headers: { 'x-webhook-secret': '{webhook_header}, {webhook_header}', ...JSON_TYPE }, body: {}, ...REFUSED },
  { what: 'a webhook of a channel that is a path', method: 'POST', path: '/webhooks/..%2f..%2fadmin/{webhook_token}', headers: SECRET, body: {}, ...UNKNOWN },
  { what: 'a webhook with a token of 7 000 signs', method: 'POST', path: `/webhooks/{channel}/${long(7_000)}`, headers: SECRET, body: {}, ...UNKNOWN },
  { what: 'a media address without a signature', path: '/media/{channel}/5001', status: 403, code: 'media-link-invalid' },
  { what: 'a media address with a made-up signature', path: '/media/{channel}/5001?until=9999999999&key=1&signature=AAAA', status: 403, code: 'media-link-invalid' },
  { what: 'a media address with a huge key number', path: `/media/{channel}/5001?until=9999999999&key=${long(500, '9')}&signature=AAAA`, status: 403, code: 'media-link-invalid' },
  { what: 'a media address that is a path', path: '/media/{channel}/..%2f..%2fetc?until=9999999999&key=1&signature=AAAA', status: 403, code: 'media-link-invalid' },
];

// biome-ignore format: a table reads by line
const PATHS: Vector[] = [
  { what: 'up and into the admin endpoints', path: `${V1}/../../../admin/channels`, headers: KEY, ...NO_ROUTE },
  { what: 'up, encoded', path: `${V1}/%2e%2e/%2e%2e/%2e%2e/admin/channels`, headers: KEY, ...NO_ROUTE },
  { what: 'two slashes', path: '//admin/channels', ...NO_ROUTE },
  { what: 'a slash at the end', path: '/admin/channels/', ...NO_ROUTE },
  { what: 'capitals', path: '/ADMIN/channels', ...NO_ROUTE },
  { what: 'a backslash', path: '/admin\\channels', ...NO_ROUTE },
  { what: 'a path parameter of old', path: '/admin/channels;x=1', ...NO_ROUTE },
  { what: 'a null byte', path: '/admin/channels%00', ...NO_ROUTE },
  { what: 'a whole address as target', path: 'http://localhost/admin/channels', ...NO_ROUTE },
  { what: 'a method nobody opened', method: 'PUT', path: `${V1}/messages`, headers: KEY, body: '{}', ...NO_ROUTE },
  { what: 'a method of another verb in a header', method: 'GET', path: `${V1}/messages`, headers: { ...KEY, 'x-http-method-override': 'POST' }, ...NO_ROUTE },
  { what: 'a chat that is a path', path: `${V1}/chats/..%2f..%2f{other_channel}`, headers: KEY, ...NO_CHAT },
  { what: 'a chat of another channel', path: `${V1}/chats/{other_chat}`, headers: KEY, ...NO_CHAT },
  { what: 'to erase a chat of another channel', method: 'DELETE', path: `${V1}/chats/{other_chat}`, headers: KEY, status: 204 },
  { what: 'to pause a chat of another channel', method: 'POST', path: `${V1}/chats/{other_chat}/pause`, headers: KEY, body: '{"minutes":5}', ...NO_CHAT },
  { what: 'a chat with the sign between keys', path: `${V1}/chats/{chat}%23CHAT`, headers: KEY, ...NO_CHAT },
  { what: 'a chat called __proto__', path: `${V1}/chats/__proto__`, headers: KEY, ...NO_CHAT },
  { what: 'a chat of 7 000 signs', path: `${V1}/chats/${long(7_000)}`, headers: KEY, ...NO_CHAT },
  { what: 'a chat by a name of 7 000 signs', path: `${V1}/chats?channel_chat_id=${long(7_000)}`, headers: KEY, ...INVALID },
  { what: 'a chat by two names', path: `${V1}/chats?phone=491713920042&chat_id={chat}`, headers: KEY, ...INVALID },
  { what: 'a chat by the same name twice', path: `${V1}/chats?phone=491713920042&phone=491713920043`, headers: KEY, ...INVALID },
  { what: 'a chat by a name that is a condition', path: `${V1}/chats?phone[$ne]=1`, headers: KEY, ...INVALID },
  { what: 'a BSUID with the sign between keys', path: `${V1}/chats?bsuid=DE.1%23ALIAS`, headers: KEY, ...INVALID },
  { what: 'a reply that is a path', path: `${V1}/replies/..%2f..%2fadmin`, headers: KEY, status: 404, code: 'reply-unknown' },
  { what: 'a reply called constructor', path: `${V1}/replies/constructor`, headers: KEY, status: 404, code: 'reply-unknown' },
  { what: 'a channel of the list that is a path', path: `${ADMIN}/..%2f..`, ...UNKNOWN },
  { what: 'a channel of the list called __proto__', path: `${ADMIN}/__proto__`, ...UNKNOWN },
  { what: 'an action called constructor', method: 'POST', path: `${ADMIN}/{channel}/constructor`, headers: JSON_TYPE, body: '{}', ...INVALID },
  { what: 'a place in the list that was made up', path: `${ADMIN}?cursor=eyJwayI6IkNIQU5ORUwifQ`, ...INVALID },
  { what: 'a list without end', path: `${ADMIN}?limit=1e9`, ...INVALID },
  { what: 'a GET of the webhook that wants a page', path: `${WEBHOOK}?hub.challenge=%3Cscript%3Ealert(1)%3C%2Fscript%3E`, status: 200 },
];

// biome-ignore format: a table reads by line
const BODIES: Vector[] = [
  { what: 'no body', method: 'POST', path: `${V1}/messages`, headers: KEY, ...UNREADABLE },
  { what: 'half a body', method: 'POST', path: `${V1}/messages`, headers: KEY, body: '{"to":', ...UNREADABLE },
  { what: 'a null byte', method: 'POST', path: `${V1}/messages`, headers: KEY, body: '\u0000', ...UNREADABLE },
  { what: 'bytes that are no text', method: 'POST', path: `${V1}/messages`, headers: { ...KEY, 'content-type': 'application/octet-stream' }, body: '\u00ff\u00fe{}', ...UNREADABLE },
  { what: 'lists in lists', method: 'POST', path: `${V1}/messages`, headers: KEY, body: deepList, ...UNREADABLE },
  { what: 'objects in objects', method: 'POST', path: `${V1}/messages`, headers: KEY, body: () => deep('{"a":', '}'), ...UNREADABLE },
  { what: 'a reply in depths', method: 'POST', path: `${V1}/messages`, headers: KEY, body: () => `{"to":{"chat_id":"c"},"replies":[${deepList()}]}`, ...UNREADABLE },
  { what: 'a reply of 80 levels', method: 'POST', path: `${V1}/messages`, headers: KEY, body: () => `{"to":{"chat_id":"{chat}"},"replies":[{"type":"raw","message":{"type":"text","x":${'['.repeat(80)}${']'.repeat(80)}}}]}`, ...BAD_REPLY },
  { what: 'a notification in depths', method: 'POST', path: `${V1}/notifications`, headers: KEY, body: () => `{"to":${deepList()}}`, ...UNREADABLE },
  { what: 'a pause in depths', method: 'POST', path: `${V1}/chats/{chat}/pause`, headers: KEY, body: () => `{"minutes":${deepList()}}`, ...UNREADABLE },
  { what: 'a channel in depths', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: () => `{"title":${deep('[', ']').slice(0, 60_000)}`, ...UNREADABLE },
  { what: 'a channel of 25 levels', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: () => `{"title":${'['.repeat(25)}${']'.repeat(25)}}`, ...UNREADABLE },
  { what: 'an edit in depths', method: 'PATCH', path: `${ADMIN}/{channel}`, headers: JSON_TYPE, body: () => `{"options":{"fallback_template":{"name":"a","language":"en","components":[{"a":${'['.repeat(25_000)}${']'.repeat(25_000)}}]}}}`, ...UNREADABLE },
  { what: 'a channel over its limit', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: () => `{"title":"${long(70_000)}"}`, ...TOO_LARGE },
  { what: 'a message over its limit', method: 'POST', path: `${V1}/messages`, headers: KEY, body: () => `{"x":"${long(1_100_000)}"}`, ...TOO_LARGE },
  { what: 'a body over everything', method: 'POST', path: `${V1}/messages`, headers: KEY, body: () => long(11_000_000), status: 413 },
  { what: 'an Incoming Request in depths', method: 'POST', path: `${INCOMING}?chat_id=none`, headers: JSON_TYPE, body: deepList, ...NO_CHAT },
  { what: 'an Incoming Request with a body over its limit', method: 'POST', path: `${INCOMING}?chat_id=none`, headers: JSON_TYPE, body: () => long(1_000_000), ...NO_CHAT },
  { what: 'a chat’s name that is an object', method: 'POST', path: INCOMING, headers: JSON_TYPE, body: { chat_id: { $ne: null } }, ...INVALID },
  { what: 'a chat’s name of 60 000 signs', method: 'POST', path: INCOMING, headers: JSON_TYPE, body: () => `{"channel_chat_id":"${long(60_000)}"}`, ...NO_CHAT },
  { what: 'a recipient from the prototype', method: 'POST', path: `${V1}/messages`, headers: KEY, body: '{"to":{"__proto__":{"chat_id":"{chat}"}},"replies":["x"]}', ...INVALID },
  { what: 'a reply called __proto__', method: 'POST', path: `${V1}/messages`, headers: KEY, body: message({ type: '__proto__', text: 'x' }), ...BAD_REPLY },
  { what: 'a reply called constructor', method: 'POST', path: `${V1}/messages`, headers: KEY, body: message({ type: 'constructor', text: 'x' }), ...BAD_REPLY },
  { what: 'a recipient of another channel', method: 'POST', path: `${V1}/messages`, headers: KEY, body: { to: { chat_id: '{other_chat}' }, replies: ['x'] }, ...NO_CHAT },
  { what: 'too many replies', method: 'POST', path: `${V1}/messages`, headers: KEY, body: { to, replies: Array(10_000).fill('x') }, ...INVALID },
  { what: 'a raw message that says template and names none', method: 'POST', path: `${V1}/messages`, headers: KEY, body: raw({ type: 'template', text: { body: 'x' } }), ...BAD_REPLY },
  { what: 'a raw message without a type', method: 'POST', path: `${V1}/messages`, headers: KEY, body: raw({ status: 'read', message_id: 'wamid.1' }), ...BAD_REPLY },
  { what: 'an Idempotency-Key of 300 signs', method: 'POST', path: `${V1}/messages`, headers: { ...KEY, 'idempotency-key': long(300) }, body: message('x'), ...INVALID },
  { what: 'an agent on this machine by another name', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: newChannel({ agent: { url: 'https://169.254.169.254/latest/meta-data' } }), ...INVALID },
  { what: 'an agent that is a file', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: newChannel({ agent: { url: 'file:///etc/passwd' } }), ...INVALID },
  { what: 'a provider inside the network', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: newChannel({ base_url: 'https://10.0.0.1/' }), ...INVALID },
  { what: 'a header that is two', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: newChannel({ agent: { url: 'http://127.0.0.1:1/', headers: { 'x-a': 'b\r\nx-c: d' } } }), ...INVALID },
  ...['Trailer', 'proxy-connection', 'Keep-Alive', 'transfer-encoding', 'webhook-signature', 'host', 'proxy-authorization', 'proxy-authenticate'].map((name) => (
  { what: `the header ${name} for an agent`, method: 'POST', path: ADMIN, headers: JSON_TYPE, body: newChannel({ agent: { url: 'http://127.0.0.1:1/', headers: { [name]: 'x' } } }), ...INVALID })),
  { what: 'a token with a line break', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: newChannel({ token: 'key\r\nx: y' }), ...INVALID },
  { what: 'a number that no table keeps', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: () => JSON.stringify(newChannel({ options: { fallback_template: { name: 'a', language: 'en', components: [{ a: 1 }] } } })).replace('{"a":1}', '{"a":1e400}'), ...INVALID },
  { what: 'a number larger than a table keeps', method: 'POST', path: ADMIN, headers: JSON_TYPE, body: newChannel({ options: { fallback_template: { name: 'a', language: 'en', components: [{ a: 1e200 }] } } }), ...INVALID },
  { what: 'a webhook body in depths', method: 'POST', path: WEBHOOK, headers: SECRET, body: () => `{"a":${deepList()}}`, status: 200 },
  { what: 'a message in depths', method: 'POST', path: WEBHOOK, headers: SECRET, body: () => `{"messages":[{"from":"491713920666","id":"wamid.deep","type":"text","text":${deepList()}}]}`, status: 200 },
  { what: 'a webhook body from the prototype', method: 'POST', path: WEBHOOK, headers: SECRET, body: '{"__proto__":{"messages":[{}]},"constructor":{"prototype":{"active":true}}}', status: 200 },
  { what: 'a webhook body over its limit', method: 'POST', path: WEBHOOK, headers: SECRET, body: () => `{"x":"${long(3_200_000)}"}`, ...TOO_LARGE },
];

// biome-ignore format: a table reads by line
const THIS_MACHINE: Vector[] = [
  { what: 'a page of another site', path: ADMIN, headers: { origin: 'https://evil.example' }, ...NOT_HERE },
  { what: 'a page without an origin', path: ADMIN, headers: { origin: 'null' }, ...NOT_HERE },
  { what: 'a page whose site begins like this machine', path: ADMIN, headers: { origin: 'http://localhost.evil.example' }, ...NOT_HERE },
  { what: 'a name that points to this machine', path: ADMIN, headers: { host: 'evil.example' }, ...NOT_HERE },
  { what: 'a name that ends like this machine', path: ADMIN, headers: { host: 'evil-localhost' }, ...NOT_HERE },
  { what: 'a name with a user before it', path: ADMIN, headers: { host: 'localhost@evil.example' }, ...NOT_HERE },
  { what: 'a form of another site', method: 'POST', path: ADMIN, headers: { 'content-type': 'text/plain' }, body: '{}', ...NOT_HERE },
  { what: 'the double of the provider, from another site', path: '/sandbox/360dialog/messages', headers: { origin: 'https://evil.example' }, ...NOT_HERE },
  { what: 'the demo agent, by another name', method: 'POST', path: '/sandbox/agent', headers: { host: 'evil.example' }, body: '{}', ...NOT_HERE },
];

export const VECTORS: Vector[] = [...SECRETS, ...PATHS, ...BODIES, ...THIS_MACHINE];

/** Requests as bytes: what no HTTP client would send. Each must end, without a 5xx and without two answers. */
export const BYTES: { what: string; bytes: string }[] = [
  {
    what: 'two lengths',
    bytes: `POST ${WEBHOOK} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 40\r\n\r\n{}`,
  },
  {
    what: 'a length and chunks, with a request behind',
    bytes: `POST ${WEBHOOK} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/channels HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  },
  {
    what: 'chunks spelled oddly',
    bytes: `POST ${WEBHOOK} HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n`,
  },
  {
    what: 'a blank before the colon',
    bytes: 'GET /admin/channels HTTP/1.1\r\nhost : localhost\r\n\r\n',
  },
  { what: 'a folded header', bytes: 'GET / HTTP/1.1\r\nhost: localhost\r\n x: y\r\n\r\n' },
  { what: 'no host', bytes: 'GET /admin/channels HTTP/1.0\r\n\r\n' },
  { what: 'a null byte in a header', bytes: 'GET / HTTP/1.1\r\nhost: localhost\u0000\r\n\r\n' },
  { what: 'no HTTP at all', bytes: '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n' },
  {
    what: 'a header of 100 KB',
    bytes: `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${long(100_000)}\r\n\r\n`,
  },
];

/** What an agent answers, as text. The visitor gets `texts`, and the agent is not asked again. */
export interface BadAnswer {
  what: string;
  answer: () => string;
  texts: string[];
}

const beside = (reply: string) => `{"replies":[${reply},"Still here"]}`;
const ONE = ['Still here'];

// biome-ignore format: a table reads by line
export const ANSWERS: BadAnswer[] = [
  { what: 'lists in lists', answer: () => deepList(), texts: [] },
  { what: 'a reply in depths', answer: () => beside(deepList()), texts: ONE },
  { what: 'a raw message in depths', answer: () => beside(`{"type":"raw","message":{"type":"text","text":${deep('{"a":', '}')}}}`), texts: ONE },
  { what: 'a field beside the replies in depths', answer: () => `{"replies":["Still here"],"dialog":${deepList()}}`, texts: ONE },
  { what: 'a read receipt', answer: () => beside('{"type":"raw","message":{"status":"read","message_id":"wamid.1","typing_indicator":{"type":"text"}}}'), texts: ONE },
  { what: 'a template that is none', answer: () => beside('{"type":"raw","message":{"type":"template","text":{"body":"x"}}}'), texts: ONE },
  { what: 'a reply called __proto__', answer: () => beside('{"type":"__proto__"}'), texts: ONE },
  { what: 'replies from the prototype', answer: () => '{"__proto__":{"replies":["x"]},"replies":["Still here"]}', texts: ONE },
  { what: 'null bytes and half a pair of surrogates', answer: () => beside('{"type":"pause","seconds":"\\u0000\\ud800"}'), texts: ONE },
  { what: 'a reply that is an address of this machine’s network', answer: () => beside('{"type":"attachment","kind":"image","url":"https://169.254.169.254/","send_as":"nonsense"}'), texts: ONE },
  { what: 'a text of brackets that is to be converted', answer: () => beside(`{"type":"buttons","text":"${long(40_000, '[')}","buttons":[]}`), texts: ONE },
];

/** What a visitor says. The agent is asked once with each. */
// biome-ignore format: a table reads by line
export const SAID: { what: string; text: () => string }[] = [
  { what: 'marks between two letters', text: () => `x${long(65_534, '!')}x` },
  { what: 'blanks between two letters', text: () => `x${long(65_534, ' ')}x` },
  { what: 'null bytes', text: () => 'a\u0000b' },
  { what: 'the name of a prototype', text: () => '__proto__' },
  { what: 'accents on one letter', text: () => `e${long(20_000, '\u0301')}` },
  { what: 'signs that turn the direction', text: () => '\u202eevil\u202c' },
  { what: 'an instruction in the form of a key', text: () => 'CHANNEL#ch_00000000000000000000' },
];
