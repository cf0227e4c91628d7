import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import type { SendDeps } from './deps.ts';
import type { Plan } from './plan-reply.ts';

/** One invocation's time with one visitor. `chat` and `hasSent` are kept up with what it does. */
export interface Visit {
  deps: SendDeps;
  channel: Channel;
  chat: Chat;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Whether it has begun a request. */
  hasSent: boolean;
}

/** One reply on its way. */
export interface Run extends Visit {
  job: ReplyJob;
  plan: Plan;
}

/** Another reply of the same visit has been on its way: what it did counts for this one too. */
export function goOnFrom(visit: Visit, { chat, hasSent }: Visit): void {
  visit.chat = chat;
  visit.hasSent = hasSent;
}
