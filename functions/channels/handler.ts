// The admin endpoints: an HTTP API event → one story → an answer about channels.
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { type HttpEvent, httpHandler, json } from '../chain/http.ts';
import type { ChannelRef } from './channel-ref.ts';
import { CHAT_ROUTES } from './chats/chat-routes.ts';
import { checkChannel } from './check-channel.ts';
import { createChannel } from './create-channel.ts';
import { LETTER_ROUTES } from './dead-letters/letter-routes.ts';
import { deleteChannel } from './delete-channel.ts';
import type { ChannelsDeps } from './deps.ts';
import { editChannel } from './edit-channel.ts';
import { holdChannel, resumeChannel } from './hold-channel.ts';
import { listChannels } from './list-channels.ts';
import { listProviderTemplates } from './list-provider-templates.ts';
import { type Rotatable, rotateSecret } from './rotate-secret.ts';
import { bodyOf, idOf, type Routes } from './route.ts';
import { showChannel } from './show-channel.ts';
import { showStatus } from './show-status.ts';
import { switchChannel } from './switch-channel.ts';
import { TRACE_ROUTES } from './traces/trace-routes.ts';

const ROUTES: Routes = {
  ...CHAT_ROUTES,
  ...LETTER_ROUTES,
  ...TRACE_ROUTES,
  'POST /admin/channels': async (deps, event) => {
    const answer = await createChannel(deps, bodyOf(event));
    return about(answer, 201, { location: `/admin/channels/${answer.channel.id}` });
  },
  'GET /admin/channels': async (deps, { queryStringParameters: query }) =>
    json(200, await listChannels(deps, { limit: query?.limit, cursor: query?.cursor })),
  'GET /admin/channels/{id}': async (deps, event) => about(await showChannel(deps, idOf(event))),
  'PATCH /admin/channels/{id}': async (deps, event) =>
    about(await editChannel(deps, refOf(event), bodyOf(event))),
  'DELETE /admin/channels/{id}': async (deps, event) => {
    await deleteChannel(deps, refOf(event));
    return { statusCode: 204 };
  },
  'GET /admin/status': async (deps, event) =>
    json(200, await showStatus(deps, event.queryStringParameters?.next)),
  'GET /admin/channels/{id}/templates': async (deps, event) =>
    json(200, await listProviderTemplates(deps, idOf(event))),
  'POST /admin/channels/{id}/{action}': async (deps, event) => {
    const wanted = event.pathParameters?.action ?? '';
    const action = Object.hasOwn(ACTIONS, wanted) ? ACTIONS[wanted] : undefined;
    if (action) return about(await action(deps, refOf(event), event));
    const detail = `must be one of ${Object.keys(ACTIONS).join(', ')}`;
    throw new Failure('request-invalid', {
      detail: 'There is no such action.',
      errors: [{ path: 'action', detail }],
    });
  },
};

type Action = (deps: ChannelsDeps, ref: ChannelRef, event: HttpEvent) => Promise<ChannelAnswer>;

const rotating =
  (what: Rotatable): Action =>
  (deps, ref, event) =>
    rotateSecret(deps, what, ref, atOnce(event));

const ACTIONS: Record<string, Action> = {
  activate: (deps, ref) => switchChannel(deps, ref, true),
  deactivate: (deps, ref) => switchChannel(deps, ref, false),
  hold: (deps, ref, event) => holdChannel(deps, ref, event.body ? bodyOf(event) : {}),
  resume: resumeChannel,
  check: (deps, { channelId }, event) =>
    checkChannel(deps, channelId, event.body ? bodyOf(event) : {}),
  'rotate-webhook-token': rotating('webhook-token'),
  'rotate-api-key': rotating('api-key'),
  'rotate-agent-secret': rotating('agent-secret'),
  'rotate-incoming-request-token': rotating('incoming-request-token'),
};

/** The Lambda handler of the admin endpoints. */
export const channelsHandler = (deps: ChannelsDeps) =>
  httpHandler((event) => {
    const route = ROUTES[event.routeKey];
    if (!route) throw new Failure('unavailable', { what: 'route', route: event.routeKey });
    return route(deps, event);
  });

const refOf = (event: HttpEvent): ChannelRef => ({
  channelId: idOf(event),
  ifMatch: event.headers['if-match'] ?? null,
});

/** `?now=true`: the secret that a rotation replaces ends at once. */
const atOnce = ({ queryStringParameters: query }: HttpEvent): boolean => query?.now === 'true';

const about = (answer: ChannelAnswer, status = 200, headers: Record<string, string> = {}) =>
  json(status, answer, { etag: `"${answer.channel.version}"`, ...headers });
