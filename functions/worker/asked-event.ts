import type { AskingEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { MessageJob } from '../../shared/contract/jobs.ts';
import type { Turn } from '../../shared/contract/turn.ts';
import type { Posting } from '../../shared/rules/agent-event/event-envelope.ts';
import type { WorkerDeps } from './deps.ts';
import { messageEvent } from './message-event.ts';
import { hearVoices } from './voice/hear-voices.ts';

interface Asked {
  channel: Channel;
  chat: Chat;
  turn: Turn;
  /** The messages the event is about, the newest last. */
  jobs: [...MessageJob[], MessageJob];
}

/**
 * What writes the event about messages, with what their voice notes say; or how long the job must wait until
 * these can be made into text.
 */
export async function askedEvent(
  deps: WorkerDeps,
  { channel, chat, turn, jobs }: Asked,
): Promise<((posting: Posting) => AskingEvent) | { waitMs: number }> {
  const redrivenAt = turn.redriven?.at(-1) ?? 0;
  const heard = await hearVoices(deps, { channel, chat, jobs, redrivenAt });
  if ('waitMs' in heard) return heard;
  return messageEvent(deps, { channel, chat, eventId: turn.event_id, jobs, heard });
}
