import type { Chat } from '../../../shared/contract/chat.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';
import { removeDeadLetter, writeDeadLetter } from '../../../shared/store/dead-letters.ts';
import { endTurn } from '../../../shared/store/turns.ts';
import type { JobEnd } from '../../chain/queue.ts';
import type { WorkerDeps } from '../deps.ts';
import type { ClaimedTurn } from './claimed-turn.ts';
import { settleTurn } from './settle-turn.ts';

const LOST = ['error', 'turn-lost'] as const;

/**
 * PROTOCOLS 6: the turn failed for good. It is kept for the operator as a dead letter, and the visitor
 * may be told (`agent_failed_text`).
 */
export async function giveUpTurn(
  deps: WorkerDeps,
  turn: Omit<ClaimedTurn, 'chat'> & { chat: Pick<Chat, 'id'> | null },
  { code, reason }: { code: string; reason: string },
): Promise<JobEnd> {
  const { table, now } = deps;
  const { channel, chat, eventId, job, attempts } = turn;
  const letter = {
    channel_id: channel.id,
    id: eventId,
    queue: 'inbound' as const,
    code,
    reason,
    attempts,
    job,
    at: job.received_at,
  };
  await writeDeadLetter(table, letter, now());
  const ended = await endTurn(
    table,
    { channelId: channel.id, eventId },
    {
      chatId: chat?.id ?? null,
      outcome: { kind: 'failed', code, letter_at: letter.at },
      now: now(),
    },
  );
  // The chat was erased meanwhile: there is no visitor to tell, and the dead letter holds their words.
  if (ended.outcome?.kind === 'erased') {
    await removeDeadLetter(table, letter);
    return 'done';
  }
  // Not lost: an operator holds the channel, and redrives it.
  const [level, name] = code === 'channel-held' ? (['info', 'turn-held'] as const) : LOST;
  count(name);
  log[level](name, { chat_id: chat?.id, code, reason, attempts });
  return settleTurn(deps, channel, ended, turn);
}
