// Read what is due → put it into its queue → remove it from the table.
import type { DueJob, EraseChannelJob, ReleaseJob } from '../../shared/contract/jobs.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import { enqueue, enqueueJobs } from '../../shared/queues/queue.ts';
import { releaseEntry } from '../../shared/rules/delivery/reply-jobs.ts';
import { type Due, type DuePage, dueNow, forgetDue } from '../../shared/store/due.ts';
import { DUE_LISTS, type DueList } from '../../shared/store/keys.ts';
import type { SweepDeps } from './deps.ts';
import { eraseChannel } from './erase-channel.ts';

/**
 * Jobs that are read, queued (one call of SQS) and removed together: a death in between queues them
 * twice.
 */
const PAGE = 10;
/**
 * After this no new page is begun; the rest waits for the next run, a minute later. Well below the
 * function's time limit (infra/functions.ts), as a page may be slow.
 */
const RUN_MS = 30_000;
/** After this no new page of an erasure is begun: it has what the lists leave of the function's time. */
const ERASING_MS = 40_000;
/** The tick comes each minute, and one run may be missed: a job that is later than this is logged. */
const LATE_MS = 3 * 60_000;

/**
 * PROTOCOLS 20.2 and 20.3, for all lists at once. When a list fails, the others go on, and then its error
 * is thrown. No job is removed that was not queued.
 */
export async function queueDue(deps: SweepDeps): Promise<void> {
  const startedAt = deps.now();
  const swept: Swept = { jobs: 0, unreadable: [], latestMs: 0, erasures: [] };
  try {
    await allOf(DUE_LISTS.map((list) => sweepList(deps, list, startedAt, swept)));
    // Behind everything that waits for its time: an erasure may take many runs.
    for (const due of swept.erasures) await eraseChannel(deps, due, startedAt + ERASING_MS);
    await deps.lookForDark();
  } finally {
    tell(swept);
  }
}

/** What a run has done, of all lists together. */
interface Swept {
  jobs: number;
  unreadable: string[];
  /** How long after its time the latest job came. */
  latestMs: number;
  /** Found, and not begun yet. */
  erasures: Due<EraseChannelJob>[];
}

async function sweepList(
  deps: SweepDeps,
  list: DueList,
  startedAt: number,
  swept: Swept,
): Promise<void> {
  let after: DuePage['after'] = null;
  do {
    const page: DuePage = await dueNow(deps.table, list, { now: startedAt, limit: PAGE, after });
    swept.unreadable.push(...page.unreadable);
    for (const { at } of page.due) swept.latestMs = Math.max(swept.latestMs, startedAt - at);
    await queueAll(deps, page.due, swept);
    swept.jobs += page.due.length;
    after = page.after;
  } while (after && deps.now() - startedAt < RUN_MS);
}

/** Each queue for itself: when one is away, the jobs of the other go all the same. */
async function queueAll({ table, queues }: SweepDeps, due: Due[], swept: Swept): Promise<void> {
  const looks: Due<ReleaseJob>[] = [];
  const others: Due<Exclude<DueJob, ReleaseJob | EraseChannelJob>>[] = [];
  for (const { job, ...one } of due) {
    // A release sends to the visitor, so it goes through the queue that keeps the order of their chat.
    if (job.kind === 'release') looks.push({ ...one, job });
    else if (job.kind === 'erase-channel') swept.erasures.push({ ...one, job });
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

/** Waits for every one, also when another fails: no work may go on after the run has ended. */
async function allOf(all: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(all)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
