/** A job as SQS takes it, already written as text; see `Entry` in queue.ts. */
export interface QueueEntry {
  body: string;
  /** On a FIFO queue: the entries of one group keep their order. */
  group?: string;
  /** On a standard queue: whose entry it is. It keeps no order. */
  tenant?: string;
  deduplicationId?: string;
}

/** SQS takes ten entries and 1 MiB a call (Amazon SQS quotas, read 2026-11-23). */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1024 * 1024;
/** Calls at once: enough to place 1000 entries in well under a second. */
const MAX_LANES = 8;

/**
 * Sorts entries into lanes of batches. Lanes may run side by side; the batches of a lane run one
 * after the other. A group stays in one lane, in order, so that no entry overtakes another of its group.
 */
export function inLanes(entries: QueueEntry[]): QueueEntry[][][] {
  const calls = Math.ceil(entries.length / MAX_ENTRIES);
  const lanes: QueueEntry[][] = Array.from({ length: Math.min(MAX_LANES, calls) }, () => []);
  // A lane is filled with whole calls before the next begins: two half-empty ones cost twice as much.
  const room = Math.ceil(calls / lanes.length) * MAX_ENTRIES;
  for (const group of grouped(entries)) {
    const open = lanes.find((lane) => lane.length + group.length <= room);
    (open ?? lanes.reduce((a, b) => (b.length < a.length ? b : a))).push(...group);
  }
  return lanes.filter((lane) => lane.length > 0).map(inBatches);
}

/** Entries without a group are a group each: they may travel in any order. */
function grouped(entries: QueueEntry[]): QueueEntry[][] {
  const groups = new Map<string | QueueEntry, QueueEntry[]>();
  for (const entry of entries) {
    const key = entry.group ?? entry;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()];
}

function inBatches(lane: QueueEntry[]): QueueEntry[][] {
  const batches: QueueEntry[][] = [];
  let batch: QueueEntry[] = [];
  let size = 0;
  for (const entry of lane) {
    const bytes = Buffer.byteLength(entry.body);
    if (batch.length === MAX_ENTRIES || (batch.length > 0 && size + bytes > MAX_BYTES)) {
      batches.push(batch);
      batch = [];
      size = 0;
    }
    batch.push(entry);
    size += bytes;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
