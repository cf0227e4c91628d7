// What is due → the queue where it belongs → forgotten.
import type { DueJob, ReleaseJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { enqueue, enqueueJobs } from '../../shared/queues/queue.ts';
import { releaseEntry } from '../../shared/rules/delivery/reply-jobs.ts';
import { type Due, type DuePage, dueNow, forgetDue } from '../../shared/store/due.ts';
import { DUE_SHARDS } from '../../shared/store/keys.ts';
import type { SweepDeps } from './deps.ts';

/** Read, queued (one call of SQS) and removed together: what a death in between does twice. */
const PAGE = 10;
/** Of one list in one run. Whatever is behind it is older by a minute in the next. */
const MOST_JOBS = 1_000;
/** The function's own time (infra/functions.ts), less what one page takes at its slowest. */
const RUN_MS = 15_000;
/** The tick comes each minute, and one run may be missed: later than this is worth saying. */
const LATE_MS = 3 * 60_000;

/**
 * PROTOCOLS 20.2 and 20.3, for all lists at once. Throws what the first list that failed has met;
 * nothing that was not queued is removed, and the others go on.
 */
export async function queueDue(deps: SweepDeps): Promise<void> {
  const startedAt = deps.now();
  const swept: Swept = { jobs: 0, unreadable: [], latestMs: 0 };
  const lists = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  try {
    await allOf(lists.map((shard) => sweepList(deps, shard, startedAt, swept)));
  } finally {
    tell(swept);
  }
}

/** What a run has done, all lists together. */
interface Swept {
  jobs: number;
  unreadable: string[];
  /** How long after its time the latest of them came. */
  latestMs: number;
}

async function sweepList(
  deps: SweepDeps,
  shard: number,
  startedAt: number,
  swept: Swept,
): Promise<void> {
  let after: DuePage['after'] = null;
  let queued = 0;
  do {
    const page: DuePage = await dueNow(deps.table, shard, { now: startedAt, limit: PAGE, after });
    swept.unreadable.push(...page.unreadable);
    for (const { at } of page.due) swept.latestMs = Math.max(swept.latestMs, startedAt - at);
    await queueAll(deps, page.due);
    swept.jobs += page.due.length;
    queued += page.due.length;
    after = page.after;
  } while (after && queued < MOST_JOBS && deps.now() - startedAt < RUN_MS);
}

/** Each queue for itself: trouble with one is no reason to keep the other's jobs waiting. */
async function queueAll({ table, queues }: SweepDeps, due: Due[]): Promise<void> {
  const looks: Due<ReleaseJob>[] = [];
  const others: Due<Exclude<DueJob, ReleaseJob>>[] = [];
  for (const { job, ...one } of due) {
    // What writes to a chat goes with all that is written to it, one after another.
    if (job.kind === 'release') looks.push({ ...one, job });
    else others.push({ ...one, job });
  }
  const forget = (queued: Due[]) => allOf(queued.map((one) => forgetDue(table, one)));
  const looksIn = looks.map(({ id, at, job }) => releaseEntry(job, `${id} ${at}`));
  await allOf([
    enqueue(queues.outbound, looksIn).then(() => forget(looks)),
    enqueueJobs(
      queues.statuses,
      others.map(({ job }) => job),
    ).then(() => forget(others)),
  ]);
}

function tell({ jobs, unreadable, latestMs }: Swept): void {
  if (jobs > 0) log.info('due-queued', { jobs });
  if (unreadable.length > 0) {
    count('due-unreadable', unreadable.length);
    log.error('due-unreadable', { due_ids: unreadable.slice(0, 10) });
  }
  if (latestMs > LATE_MS) {
    count('due-late');
    log.warn('due-late', { late_seconds: Math.round(latestMs / 1000) });
  }
}

/** Waits for every one, also when another fails: nothing may go on behind the back of a run that ended. */
async function allOf(all: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(all)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
