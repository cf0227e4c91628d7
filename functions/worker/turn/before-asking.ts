import { log } from '../../../shared/kernel/log.ts';
import { uncountAttempt } from '../../../shared/store/turns.ts';
import type { WorkerDeps } from '../deps.ts';

/**
 * Does the work that comes before the agent is asked. If it fails, the attempt is taken back: an
 * attempt is counted at its start, and this one never reached the agent.
 */
export async function beforeAsking<T>(
  { table }: WorkerDeps,
  turn: { channelId: string; eventId: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await uncountAttempt(table, turn).catch((failed: unknown) =>
      log.warn('attempt-not-taken-back', { error: String(failed) }),
    );
    throw error;
  }
}
