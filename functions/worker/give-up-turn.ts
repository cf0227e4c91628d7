import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { writeDeadLetter } from '../../shared/store/dead-letters.ts';
import { endTurn } from '../../shared/store/turns.ts';
import type { JobEnd } from '../chain/queue.ts';
import type { WorkerDeps } from './deps.ts';
import { settleTurn } from './settle-turn.ts';
import type { Asking } from './take-turn.ts';

/** PROTOCOLS 6: the turn failed for good. It is kept for the operator, and the user may be told. */
export async function giveUpTurn(
  deps: WorkerDeps,
  { channel, chat, eventId, job, attempts }: Asking,
  { code, reason }: { code: string; reason: string },
): Promise<JobEnd> {
  const { table, now } = deps;
  const letter = { queue: 'inbound' as const, code, reason, attempts, job, at: job.received_at };
  await writeDeadLetter(table, { channel_id: channel.id, id: eventId, ...letter }, now());
  count('turn-lost');
  log.error('turn-lost', { code, reason, attempts });
  const ended = await endTurn(
    table,
    { channelId: channel.id, eventId },
    { chatId: chat.id, outcome: { kind: 'failed', code }, now: now() },
  );
  return settleTurn(deps, channel, ended);
}
