import type { ChannelAnswer, ChannelList } from '../../../shared/contract/channel-answer.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { call } from './call.ts';

const one = (id: string) => `/admin/channels/${encodeURIComponent(id)}`;

/** The operator's endpoints (docs/contract.md#operator-to-us). */
export const admin = {
  listChannels: (cursor?: string) =>
    call<ChannelList>('GET', `/admin/channels?limit=100${cursor ? `&cursor=${cursor}` : ''}`),
  showChannel: (id: string) => call<ChannelAnswer>('GET', one(id)),
  editChannel: (id: string, change: object, ifMatch?: string | null) =>
    call<ChannelAnswer>('PATCH', one(id), { body: change, ifMatch }),
  rotateAgentSecret: (id: string, { now = false } = {}) =>
    call<ChannelAnswer>('POST', `${one(id)}/rotate-agent-secret${now ? '?now=true' : ''}`),
  findChat: (id: string, name: { phone: string } | { bsuid: string }) =>
    call<ChatView>('GET', `${one(id)}/chats?${new URLSearchParams({ ...name })}`),
};
