import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { MessageJob } from '../../../shared/contract/jobs.ts';
import type { WorkerDeps } from '../deps.ts';
import { hearVoices } from './hear-voices.ts';

/**
 * Makes the voice notes of messages about which the agent is not asked into text, where the channel keeps a
 * history: the agent is told later what was said now. They share the time of one turn. Returns how long the job
 * has to wait for a slot; null: not at all.
 */
export async function hearForHistory(
  deps: WorkerDeps,
  { channel, chat, jobs }: { channel: Channel; chat: Pick<Chat, 'id'>; jobs: MessageJob[] },
): Promise<{ waitMs: number } | null> {
  if (channel.options.history_turns === 0) return null;
  const heard = await hearVoices(deps, { channel, chat, jobs, redrivenAt: 0 });
  return 'waitMs' in heard ? heard : null;
}
