import type { Channel, ChannelHold } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import { countMissed } from '../../shared/store/chat/pause-chat.ts';
import { endTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { settleTurn } from './turn/settle-turn.ts';

/**
 * A message about which the agent is not asked: a person, or Meta's own agent, has the chat, or the channel is
 * held (`hold`), or there were too many turns.
 */
interface PassedOver {
  channel: Channel;
  chat: Chat;
  eventId: string;
  kind: 'paused' | 'limited';
  hold: ChannelHold | null;
  /** It waits for the messages that follow it: now it does no longer. */
  waits: boolean;
}

/**
 * The agent is not asked; the next event tells it how many messages it missed. PROTOCOLS 31.2 to 31.4: of a
 * hold the visitor is told once.
 */
export async function passOver(
  deps: WorkerDeps,
  { channel, chat, eventId, kind, hold, waits }: PassedOver,
): Promise<JobEnd> {
  const { table, now } = deps;
  const at = now();
  const text = hold && chat.hold_told !== hold.id ? hold.text : null;
  const outcome = text === null ? { kind } : { kind: 'paused' as const, text };
  const place = { channelId: channel.id, eventId };
  const counts = await endTurn(table, place, { chatId: chat.id, outcome, now: at });
  const end = await settleTurn(deps, channel, counts, { automatic: true });
  if (counts.outcome?.kind === outcome.kind && counts.ended_at === at) {
    await countMissed(table, chat, 1, {
      holdTold: text === null || !hold ? null : hold.id,
      ...(waits && { turnId: eventId }),
    });
  }
  return end;
}
