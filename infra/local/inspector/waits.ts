import type { SQSRecord } from 'aws-lambda';
import type { LogEntry, Step } from './trail.ts';
import type { Sighting } from './trails.ts';

interface About {
  keys: string[];
  channelId: string | null;
  at: number;
}

/** Follows what is waited for: a job in its queue, an agent that will be asked again, a closed window. */
export class Waits {
  readonly #put: (sighting: Sighting) => void;
  /** Jobs that were put off, by their id in the queue. */
  readonly #putOff = new Map<string, Step>();
  /** Parts of replies that wait for the visitor. */
  readonly #parked = new Map<string, Step>();

  constructor(put: (sighting: Sighting) => void) {
    this.#put = put;
  }

  /** A job has come out of its queue: the step that says how long it was there. */
  arrival(record: SQSRecord, at: number): Step {
    const waited = this.#putOff.get(record.messageId);
    this.#putOff.delete(record.messageId);
    if (waited) return Object.assign(waited, { ended_at: at, ok: true });
    const queue = record.eventSourceARN.split(':').at(-1)?.replace('.fifo', '') ?? '';
    const since = Math.min(Number(record.attributes.SentTimestamp), at);
    return {
      ...stepOf('queue', `${record.messageId}-queued`, since),
      ended_at: at,
      ok: true,
      facts: { queue },
    };
  }

  /** A job goes back to its queue: it waits for its next try. */
  putOff(record: SQSRecord, { log }: Step, { keys, channelId, at }: About): void {
    const receives = record.attributes.ApproximateReceiveCount;
    const step = { ...stepOf('wait', `${record.messageId}-${receives}`, at), facts: reasonIn(log) };
    this.#putOff.set(record.messageId, step);
    this.#put({ step, keys, channelId, person: null, roots: [] });
  }

  /** A function has logged something: a part was parked, or does not wait any more. */
  hear(entry: Record<string, unknown>, { keys, channelId, at }: About): void {
    const { message, reply_id, part, code } = entry;
    const id = `${reply_id}-${part}-parked`;
    const waiting = this.#parked.get(id);
    if (message === 'part-parked' && !waiting) {
      const facts = { for: 'visitor', ...(typeof code === 'string' && { code }) };
      this.#show({ ...stepOf('wait', id, at), facts }, keys, channelId);
    }
    if (waiting && (message === 'part-released' || message === 'part-ended')) {
      this.#parked.delete(id);
      Object.assign(waiting, { ended_at: at, ok: true });
      this.#put({ step: waiting, keys, channelId, person: null, roots: [] });
    }
  }

  #show(step: Step, keys: string[], channelId: string | null): void {
    this.#parked.set(step.id, step);
    this.#put({ step, keys, channelId, person: null, roots: [] });
  }
}

const stepOf = (kind: 'queue' | 'wait', id: string, at: number): Step => ({
  id,
  kind,
  parent: null,
  at,
  ended_at: null,
  ok: null,
  facts: {},
  log: [],
});

/** What a job waits for, as far as the log of its last run says it. */
function reasonIn(log: LogEntry[]): Step['facts'] {
  const again = log.findLast(({ name }) => name === 'agent-asked-again');
  if (!again) return { for: 'retry' };
  const { reason, wait_ms, attempt } = again.facts;
  return {
    for: 'agent',
    ...(typeof reason === 'string' && { reason }),
    ...(typeof wait_ms === 'number' && { wait_ms }),
    ...(typeof attempt === 'number' && { attempt }),
  };
}
