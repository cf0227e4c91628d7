// What stands in the way of doing a job again: its turn, or its reply, is over. Judged first, reopened then.
import type { Channel } from '../../../shared/contract/channel.ts';
import type { DeadLetter } from '../../../shared/contract/dead-letter.ts';
import type { ReplyJob } from '../../../shared/contract/jobs.ts';
import {
  partsToRedrive,
  type RedrivenReply,
} from '../../../shared/rules/dead-letter/parts-to-redrive.ts';
import { findDelivery } from '../../../shared/store/delivery/find-delivery.ts';
import { reopenParts } from '../../../shared/store/delivery/reopen-parts.ts';
import { reopenTurn } from '../../../shared/store/reopen-turn.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import type { ChannelsDeps } from '../deps.ts';
import { letterUnknown } from './load-letter.ts';
import { atWork, changedMeanwhile, notRedrivable } from './not-redrivable.ts';

/** What is reopened once the letter has its mark. Resolves to the last `redriven` of the turn, if it has one. */
export interface Lost {
  reopen(): Promise<number | undefined>;
}

type Deps = Pick<ChannelsDeps, 'table' | 'now'>;

/** A job that finds for itself what is left to do. */
export const NOTHING_LOST: Lost = { reopen: async () => undefined };

/** PROTOCOLS 28.2: a turn that failed. Throws `not-redrivable`, `dead-letter-unknown` when its chat was erased. */
export async function lostTurn(deps: Deps, letter: DeadLetter, eventId: string): Promise<Lost> {
  const place = { channelId: letter.channel_id, eventId };
  const read = () => findTurn(deps.table, place, { consistent: true });
  const turn = await read();
  if (turn?.outcome?.kind === 'erased') throw letterUnknown();
  if (turn && !turn.outcome && letter.redrive === undefined) throw atWork();
  // It is open, or has an answer: an earlier redrive died before the letter was removed.
  if (turn && turn.outcome?.kind !== 'failed') return { reopen: async () => turn.redriven?.at(-1) };
  return {
    reopen: async () => {
      await reopenTurn(deps.table, place, turn, deps.now());
      const now = await read();
      if (now && !now.outcome && now.redriven) return now.redriven.at(-1);
      throw now?.outcome?.kind === 'erased' ? letterUnknown() : changedMeanwhile();
    },
  };
}

/** PROTOCOLS 28.2': a reply that was given up. Throws `not-redrivable`. */
export async function lostReply(
  deps: Deps,
  letter: DeadLetter,
  { job, channel }: { job: ReplyJob; channel: Channel },
): Promise<Lost> {
  const { table, now } = deps;
  const judge = async (): Promise<RedrivenReply | null> => {
    const delivery = await findDelivery(table, job.channel_id, job.reply_id);
    return delivery && partsToRedrive(delivery, channel.options.unknown_outcome, now());
  };
  const judged = await judge();
  if (!judged) return NOTHING_LOST; // the sender makes one anew
  if (judged.kind === 'over') throw notRedrivable(judged.reason);
  if (judged.kind === 'at-work') {
    if (letter.redrive === undefined) throw atWork();
    return NOTHING_LOST; // an earlier redrive died before the job was queued
  }
  return {
    reopen: async () => {
      if (await reopenParts(table, job, judged.parts)) return undefined;
      // The client repeats a write whose answer was lost, and the table then refuses it.
      if ((await judge())?.kind === 'at-work') return undefined;
      throw changedMeanwhile();
    },
  };
}
