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
    await takeBackAttempt({ table }, turn);
    throw error;
  }
}

/** The agent was not asked after all, or its answer was not waited for. Never throws. */
export async function takeBackAttempt(
  { table }: Pick<WorkerDeps, 'table'>,
  turn: { channelId: string; eventId: string },
  how: { sentBack?: boolean } = {},
): Promise<void> {
  await uncountAttempt(table, turn, how).catch((failed: unknown) =>
    log.warn('attempt-not-taken-back', { error: String(failed) }),
  );
}
