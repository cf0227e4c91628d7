import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { InboundJob } from '../../../shared/contract/jobs.ts';
import type { Settling } from './settle-turn.ts';

/** A turn this invocation works on: the event, its chat and the job that brought it. */
export interface ClaimedTurn extends Settling {
  channel: Channel;
  chat: Chat;
  eventId: string;
  job: InboundJob;
  /** Attempts at the turn, this one included. */
  attempts: number;
}
