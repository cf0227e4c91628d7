import type { Armed } from '../faults/armed.ts';
import type { TakenMessage } from './account.ts';
import type { FailureWords } from './failure-words.ts';
import { errorsOf } from './post-status.ts';
import type { StatusOutcome } from './usual-outcomes.ts';
import { pause } from './webhook.ts';
import type { StatusNews } from './webhook-bodies.ts';

/** What can become of what is posted to a webhook: it comes twice, in the wrong order, or a day late. */
export type Arrival = 'twice' | 'reordered' | 'day-late';

/** What the double tells by. */
interface Teller {
  stopped: AbortSignal;
  statuses: StatusOutcome;
  arrivals: Armed<Arrival>;
  tellStatus(message: TakenMessage, status: StatusNews['status'], errors?: object[]): Promise<void>;
}

/** Posts the statuses of a message, one after the other. `failure`: it fails instead. */
export async function tellStory(
  double: Teller,
  message: TakenMessage,
  { failure, gapMs }: { failure: FailureWords | number | null; gapMs: number },
): Promise<void> {
  const { stopped, statuses, arrivals } = double;
  const errors = failure === null ? undefined : errorsOf(failure, message.request.payload);
  const inOrder = errors ? (['failed'] as const) : [...statuses.tell];
  const isOdd = inOrder.length > 1 && arrivals.take('reordered');
  for (const status of isOdd ? inOrder.toReversed() : inOrder) {
    await pause(gapMs, stopped);
    if (stopped.aborted) return;
    await double.tellStatus(message, status, errors);
  }
}
