import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import type { SendDeps } from './deps.ts';
import type { Plan } from './plan-reply.ts';

/** One reply on its way. `chat` and `hasSent` are kept up with what this run does. */
export interface Run {
  deps: SendDeps;
  job: ReplyJob;
  channel: Channel;
  chat: Chat;
  plan: Plan;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Whether this run has begun a request. */
  hasSent: boolean;
}
