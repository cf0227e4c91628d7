// The admin endpoints: an HTTP API event → one story → an answer about channels.
import type { ChannelAnswer } from '../../shared/contract/channel-answer.ts';
import { Failure } from '../../shared/kernel/failure.ts';
import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
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
import { refuseUnknown } from './refuse-unknown.ts';
import { type Rotatable, rotateSecret } from './rotate-secret.ts';
import { bodyOf, idOf, type Route, type Routes } from './route.ts';
import { showChannel } from './show-channel.ts';
import { showStatus } from './show-status.ts';
import { switchChannel } from './switch-channel.ts';
import { TRACE_ROUTES } from './traces/trace-routes.ts';

const ROUTES: Routes = {
  ...CHAT_ROUTES,
  ...LETTER_ROUTES,
  ...TRACE_ROUTES,
  'POST /admin/channels': {
    body: 'channel',
    answer: async (deps, event) => {
      const answer = await createChannel(deps, bodyOf(event));
      return about(answer, 201, { location: `/admin/channels/${answer.channel.id}` });
    },
  },
  'GET /admin/channels': {
    query: ['limit', 'cursor'],
    answer: async (deps, { queryStringParameters: query }) =>
      json(200, await listChannels(deps, { limit: query?.limit, cursor: query?.cursor })),
  },
  'GET /admin/channels/{id}': {
    answer: async (deps, event) => about(await showChannel(deps, idOf(event))),
  },
  'PATCH /admin/channels/{id}': {
    body: 'channel',
    answer: async (deps, event) => about(await editChannel(deps, refOf(event), bodyOf(event))),
  },
  'DELETE /admin/channels/{id}': {
    answer: async (deps, event) => {
      await deleteChannel(deps, refOf(event));
      return { statusCode: 204 };
    },
  },
  'GET /admin/status': {
    query: ['next'],
    answer: async (deps, event) =>
      json(200, await showStatus(deps, event.queryStringParameters?.next)),
  },
  'GET /admin/channels/{id}/templates': {
    answer: async (deps, event) => json(200, await listProviderTemplates(deps, idOf(event))),
  },
};

type Action = (deps: ChannelsDeps, ref: ChannelRef, event: HttpEvent) => Promise<ChannelAnswer>;

const acting = (act: Action, takes: Omit<Route, 'answer'> = {}): Route => ({
  ...takes,
  answer: async (deps, event) => about(await act(deps, refOf(event), event)),
});

const rotating = (what: Rotatable): Route =>
  acting((deps, ref, event) => rotateSecret(deps, what, ref, atOnce(event)), { query: ['now'] });

const sentOf = (event: HttpEvent) => (event.body ? bodyOf(event) : {});

/** The endpoints of `POST /admin/channels/{id}/{action}`. */
const ACTIONS: Record<string, Route> = {
  activate: acting((deps, ref) => switchChannel(deps, ref, true)),
  deactivate: acting((deps, ref) => switchChannel(deps, ref, false)),
  hold: acting((deps, ref, event) => holdChannel(deps, ref, sentOf(event)), { body: ['text'] }),
  resume: acting(resumeChannel),
  check: acting((deps, { channelId }, event) => checkChannel(deps, channelId, sentOf(event)), {
    body: ['ask'],
  }),
  'rotate-webhook-token': rotating('webhook-token'),
  'rotate-api-key': rotating('api-key'),
  'rotate-agent-secret': rotating('agent-secret'),
  'rotate-incoming-request-token': rotating('incoming-request-token'),
};

/** The Lambda handler of the admin endpoints. */
export const channelsHandler = (deps: ChannelsDeps) =>
  httpHandler(async (event) => {
    const route = routeOf(event);
    refuseUnknown(route, event);
    return route.answer(deps, event);
  });

function routeOf({ routeKey, pathParameters }: HttpEvent): Route {
  if (routeKey === 'POST /admin/channels/{id}/{action}') return actionOf(pathParameters?.action);
  const route = ROUTES[routeKey];
  if (!route) throw new Failure('unavailable', { what: 'route', route: routeKey });
  return route;
}

function actionOf(wanted = ''): Route {
  const action = Object.hasOwn(ACTIONS, wanted) ? ACTIONS[wanted] : undefined;
  if (action) return action;
  const names = Object.keys(ACTIONS);
  throw new Failure('request-invalid', {
    detail: 'There is no such action.',
    errors: [{ path: 'action', detail: `must be one of ${names.join(', ')}` }],
  });
}

const refOf = (event: HttpEvent): ChannelRef => ({
  channelId: idOf(event),
  ifMatch: event.headers['if-match'] ?? null,
});

/** `?now=true`: the secret that a rotation replaces ends at once. */
function atOnce({ queryStringParameters: query }: HttpEvent): boolean {
  const now = query?.now ?? 'false';
  if (now === 'true' || now === 'false') return now === 'true';
  throw requestInvalid([{ path: 'now', detail: 'must be true or false' }]);
}

const about = (answer: ChannelAnswer, status = 200, headers: Record<string, string> = {}) =>
  json(status, answer, { etag: `"${answer.channel.version}"`, ...headers });
