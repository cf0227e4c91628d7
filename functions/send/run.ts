import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { ReplyJob } from '../../shared/contract/jobs.ts';
import type { SendDeps } from './deps.ts';
import type { Plan } from './plan-reply.ts';

/** One reply on its way. `chat` is kept up with what this run writes to it. */
export interface Run {
  deps: SendDeps;
  job: ReplyJob;
  channel: Channel;
  chat: Chat;
  plan: Plan;
}
