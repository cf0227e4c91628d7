import type { ReleaseJob } from '../../../shared/contract/jobs.ts';
import { log } from '../../../shared/kernel/log.ts';
import type { JobEnd } from '../../chain/queue.ts';
import type { SendDeps } from '../deps.ts';
import type { Visit } from '../visit.ts';
import { visitChat } from '../visit-chat.ts';
import { releaseParked } from './release-parked.ts';

/** By this much the sweep's clock may be ahead of ours when it asks for a look at a reply's end. */
const MOST_CLOCKS_DIFFER_MS = 5_000;

/** PROTOCOLS 18: the visitor has written, or what waits for them has waited long enough. */
export const lookAtPark = (deps: SendDeps, job: ReleaseJob): Promise<JobEnd> => {
  const { channel_id, chat_id } = job;
  log.appendKeys({ channel_id, chat_id });
  return visitChat(deps, job, async (visit) => {
    const end = await releaseParked(visit);
    return end === 'done' ? untilNextIsOver(visit) : end;
  });
};

/** A look that came a little early waits for its time: no other job would ask again. */
function untilNextIsOver({ deps, chat }: Visit): JobEnd {
  const leftMs = Math.min(...chat.parked.map(({ until }) => until)) - deps.now();
  return leftMs <= MOST_CLOCKS_DIFFER_MS ? { waitMs: Math.max(leftMs, 0) } : 'done';
}
