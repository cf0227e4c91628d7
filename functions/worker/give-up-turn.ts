import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { removeDeadLetter, writeDeadLetter } from '../../shared/store/dead-letters.ts';
import { endTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { Asking } from './ask-in-turn.ts';
import type { WorkerDeps } from './deps.ts';
import { settleTurn } from './settle-turn.ts';

/** PROTOCOLS 6: the turn failed for good. It is kept for the operator, and the user may be told. */
export async function giveUpTurn(
  deps: WorkerDeps,
  asking: Asking,
  { code, reason }: { code: string; reason: string },
): Promise<JobEnd> {
  const { table, now } = deps;
  const { channel, chat, eventId, job, attempts } = asking;
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
    { chatId: chat.id, outcome: { kind: 'failed', code, letter_at: letter.at }, now: now() },
  );
  // The chat was erased meanwhile: nobody is left to answer, and the words must not stay.
  if (ended.outcome?.kind === 'erased') {
    await removeDeadLetter(table, letter);
    return 'done';
  }
  count('turn-lost');
  log.error('turn-lost', { code, reason, attempts });
  return settleTurn(deps, channel, ended, asking);
}
