import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Posting } from '../../shared/rules/agent-event/event-envelope.ts';
import type { Table } from '../../shared/store/table.ts';
import { beginTurn, endTurn } from '../../shared/store/turns.ts';
import { type PostDeps, postEvent } from './post-event.ts';
import type { JobEnd } from './queue.ts';

/** What a story has found that the agent is to be told. */
export interface Telling {
  /** The chat it is about; null where there is none. */
  chatId: string | null;
  /** Null: the agent need not hear of it. */
  eventFor: ((posting: Posting) => AgentEvent) | null;
}

/**
 * Tells the agent of an event whose replies are not taken, once, however often the job comes. The
 * event's `TURN` is claimed, `find` does the story's own work, and the mark `told` is written last: after
 * a death in between all of it is done again, under the same event id. Where `find` returns how the job
 * ends, it ends so and nothing is marked.
 */
export async function tellOnce(
  deps: PostDeps & { table: Table },
  channel: Channel,
  eventId: string,
  find: () => Promise<Telling | JobEnd>,
): Promise<JobEnd> {
  const { table, now } = deps;
  const place = { channelId: channel.id, eventId };
  const turn = await beginTurn(table, place, now());
  if (turn.outcome) return 'done';
  const found = await find();
  if (found === 'done' || 'waitMs' in found) return found;
  const { chatId, eventFor } = found;
  const told = eventFor ? await postEvent(deps, channel, eventFor) : 'done';
  if (told !== 'done') return told;
  await endTurn(table, place, { chatId, outcome: { kind: 'told' }, now: now() });
  return 'done';
}
