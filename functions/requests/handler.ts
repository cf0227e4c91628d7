// The endpoints of docs/contract.md#agent-to-us: an HTTP API event → the caller's channel → one story →
// an answer.
import type { Channel } from '../../shared/contract/channel.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
import { eraseChat } from '../chain/erase-chat.ts';
import { type HttpAnswer, type HttpEvent, httpHandler, json, readJsonBody } from '../chain/http.ts';
import { showReply } from '../chain/show-reply.ts';
import { acceptIncomingRequest } from './accept/accept-incoming-request.ts';
import { acceptMessages } from './accept/accept-messages.ts';
import { acceptNotification } from './accept/accept-notification.ts';
import { readIncomingRequest } from './accept/read-incoming-request.ts';
import { authenticate, type Caller } from './authenticate.ts';
import { pauseChat, resumeChat } from './chat/pause-chat.ts';
import { lookUpChat, showChat } from './chat/show-chat.ts';
import type { RequestsDeps } from './deps.ts';
import { listTemplates } from './list-templates.ts';

const MAX_BODY_BYTES = 1024 * 1024;
/** A reply, which stands two levels below the body, may nest 60 levels and is judged by itself. */
const MAX_LEVELS = 100;
const MAX_KEY = 255;

type Endpoint = (deps: RequestsDeps, event: HttpEvent) => Promise<HttpAnswer>;
type Story = (deps: RequestsDeps, channel: Channel, event: HttpEvent) => Promise<HttpAnswer>;

/** `Authorization: Bearer <the channel's API key>`. */
const withKey =
  (story: Story): Endpoint =>
  async (deps, event) => {
    const [, secret = ''] = (event.headers.authorization ?? '').match(/^bearer +(\S+) *$/i) ?? [];
    const channelId = parameter(event, 'channel_id');
    const caller: Caller = { channelId, secret, comparedWith: 'api_key' };
    return story(deps, await authenticate(deps, caller), event);
  };

/** `/incoming_request/{channel_id}::{token}`: the secret is the path. */
const withAddress =
  (story: Story): Endpoint =>
  async (deps, event) => {
    const [channelId = '', ...rest] = parameter(event, 'address').split('::');
    const secret = rest.join('::');
    const caller: Caller = { channelId, secret, comparedWith: 'incoming_request_token' };
    return story(deps, await authenticate(deps, caller), event);
  };

const incomingRequest = withAddress(async (deps, channel, event) =>
  json(202, await acceptIncomingRequest(deps, channel, readIncomingRequest(event), keyOf(event))),
);

const ENDPOINTS: Record<string, Endpoint> = {
  'POST /v1/channels/{channel_id}/messages': withKey(async (deps, channel, event) =>
    json(202, await acceptMessages(deps, channel, bodyOf(event), keyOf(event))),
  ),
  'POST /v1/channels/{channel_id}/notifications': withKey(async (deps, channel, event) =>
    json(202, await acceptNotification(deps, channel, bodyOf(event), keyOf(event))),
  ),
  'GET /v1/channels/{channel_id}/chats': withKey(async (deps, channel, event) =>
    json(200, await lookUpChat(deps, channel, event.queryStringParameters ?? {})),
  ),
  'GET /v1/channels/{channel_id}/chats/{chat_id}': withKey(async (deps, channel, event) =>
    json(200, await showChat(deps, channel, chatIdOf(event))),
  ),
  'DELETE /v1/channels/{channel_id}/chats/{chat_id}': withKey(async (deps, channel, event) => {
    await eraseChat(deps, channel, chatIdOf(event));
    return { statusCode: 204 };
  }),
  'POST /v1/channels/{channel_id}/chats/{chat_id}/pause': withKey(async (deps, channel, event) =>
    json(200, await pauseChat(deps, channel, chatIdOf(event), bodyOf(event), keyOf(event))),
  ),
  'POST /v1/channels/{channel_id}/chats/{chat_id}/resume': withKey(async (deps, channel, event) =>
    json(200, await resumeChat(deps, channel, chatIdOf(event), keyOf(event))),
  ),
  'GET /v1/channels/{channel_id}/replies/{reply_id}': withKey(async (deps, channel, event) =>
    json(200, await showReply(deps, channel, parameter(event, 'reply_id'))),
  ),
  'GET /v1/channels/{channel_id}/templates': withKey(async (deps, channel) =>
    json(200, await listTemplates(deps, channel)),
  ),
  'GET /incoming_request/{address}': incomingRequest,
  'POST /incoming_request/{address}': incomingRequest,
};

/** The Lambda handler of the agent's and external systems' endpoints. */
export const requestsHandler = (deps: RequestsDeps) =>
  httpHandler((event) => {
    const endpoint = ENDPOINTS[event.routeKey];
    if (!endpoint) throw new Failure('unavailable', { what: 'route', route: event.routeKey });
    return endpoint(deps, event);
  });

const parameter = ({ pathParameters }: HttpEvent, name: string): string =>
  pathParameters?.[name] ?? '';

const chatIdOf = (event: HttpEvent) => parameter(event, 'chat_id');

const bodyOf = (event: HttpEvent) => readJsonBody(event, MAX_BODY_BYTES, MAX_LEVELS);

/** The `Idempotency-Key` of a POST; null where it has none. Other methods need no key to be repeated. */
function keyOf({ headers, requestContext }: HttpEvent): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined || requestContext.http.method !== 'POST') return null;
  if (key !== '' && key.length <= MAX_KEY) return key;
  const detail = `must have 1 to ${MAX_KEY} characters`;
  throw requestInvalid([{ path: 'Idempotency-Key', detail }]);
}
