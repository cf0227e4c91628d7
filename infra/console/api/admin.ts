import type { ChannelAnswer, ChannelList } from '../../../shared/contract/channel-answer.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { call } from './call.ts';

const one = (id: string) => `/admin/channels/${encodeURIComponent(id)}`;

/** What can be done with a channel beside editing it. */
export type ChannelAction =
  | 'activate'
  | 'deactivate'
  | 'check'
  | 'rotate-webhook-token'
  | 'rotate-api-key'
  | 'rotate-agent-secret'
  | 'rotate-incoming-request-token';

/** The operator's endpoints (docs/contract.md#operator-to-us). */
export const admin = {
  listChannels: (cursor?: string) =>
    call<ChannelList>(
      'GET',
      `/admin/channels?${new URLSearchParams({ limit: '100', ...(cursor && { cursor }) })}`,
    ),
  createChannel: (channel: object) =>
    call<ChannelAnswer>('POST', '/admin/channels', { body: channel }),
  showChannel: (id: string) => call<ChannelAnswer>('GET', one(id)),
  editChannel: (id: string, change: object, ifMatch?: string | null) =>
    call<ChannelAnswer>('PATCH', one(id), { body: change, ifMatch }),
  deleteChannel: (id: string, ifMatch?: string | null) => call('DELETE', one(id), { ifMatch }),
  /** `now`: the secret that a rotation replaces ends at once. */
  actOn: (id: string, action: ChannelAction, { now = false } = {}) =>
    call<ChannelAnswer>('POST', `${one(id)}/${action}${now ? '?now=true' : ''}`),
  /** The check that asks the agent one real question, too. */
  checkWith: (id: string, question: string) =>
    call<ChannelAnswer>('POST', `${one(id)}/check`, { body: { ask: question } }),
  findChat: (id: string, name: { phone: string } | { bsuid: string }) =>
    call<ChatView>('GET', `${one(id)}/chats?${new URLSearchParams({ ...name })}`),
};
