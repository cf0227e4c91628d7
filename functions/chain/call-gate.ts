import { randomBytes } from 'node:crypto';
import type { FarSide } from '../../shared/contract/call-marks.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import { log } from '../../shared/kernel/log.ts';
import { count } from '../../shared/kernel/metrics.ts';
import {
  callPassage,
  FAILURES_TO_OPEN,
  GRACE_MS,
  hasWaitedTooLong,
  isAgentGivenUp,
  slotsOfOneChannel,
  slowUntil,
  waitForFarSide,
  waitForSlot,
} from '../../shared/rules/channel/call-passage.ts';
import {
  claimSingleCall,
  countFailedCall,
  forgetFailedCalls,
  markSlow,
} from '../../shared/store/channel/call-marks.ts';
import {
  giveBackCallSlot,
  hasFreeCallSlot,
  takeCallSlot,
} from '../../shared/store/channel/call-slots.ts';
import type { Table } from '../../shared/store/table.ts';
import type { Receipt } from './receipt.ts';

/** Which call is to be made. */
export interface GatedCall {
  channel: Channel;
  side: FarSide;
  /** The longest the call may take, in milliseconds. */
  timeoutMs: number;
}

/**
 * What a call says of the far side: it answered (also with a no), or it did not, or failed itself; null:
 * it was not called in the end.
 */
export interface CallEnd<T> {
  value: T;
  failed: boolean | null;
}

/**
 * Between the job in hand and the strangers it calls: no channel whose agent or provider is slow or away
 * may hold every slot of the function (PROTOCOLS 22).
 */
export interface CallGate {
  /**
   * How long a job that was here before must wait, in milliseconds; null: it may try. It is asked before
   * anything is written for the job, and costs a read at most.
   */
  turnAway(channel: Channel, side: FarSide): Promise<number | null>;
  /**
   * Makes a call, or says how long its job must wait. `signal` ends the call when it is slow and its
   * channel has no slot left: what `make` has begun by then it must leave as a death would. `over` says that
   * the far side has answered: what `make` does after it may take its time. `given-up`: the agent has failed
   * for as long as a job waits for that, or the transcriber fails. `no-slot`: the job has waited for a slot for an hour.
   */
  call<T>(
    call: GatedCall,
    make: (signal: AbortSignal, over: () => void) => Promise<CallEnd<T>>,
  ): Promise<{ value: T } | { waitMs: number } | 'given-up' | 'no-slot'>;
}

/** Why the agent was not called, in words. */
export const WITHOUT_CALL = {
  'given-up': 'Every call to the agent has failed for some minutes.',
  'no-slot':
    'For an hour the agent was busy: it answers slowly, and other messages of this channel waited for it.',
};

/** Opens the gate for one job. */
export type CallGates = (receipt: Receipt) => CallGate;

/** How long a function remembers that a channel had no slot left. */
const REMEMBER_MS = 1_000;
/** Far more channels than are slow at once. */
const MOST_REMEMBERED = 1_000;
/** What recording may take after the call itself, before its slot counts as left behind. */
const SLACK_MS = 10_000;

export interface CallGatesDeps {
  table: Table;
  /** The function, whose slots are counted apart from those of others. */
  pool: string;
  /** How many of its invocations run at once. */
  slots: number;
  now: () => number;
  /** From 0 to 1. */
  chance: () => number;
  /** After how many milliseconds a call is slow. */
  graceMs?: number;
}

/** The gates of one function's jobs: they share what the function remembers. */
export function openCallGates({
  table,
  pool,
  slots,
  now,
  chance,
  graceMs = GRACE_MS,
}: CallGatesDeps): CallGates {
  const limit = slotsOfOneChannel(slots);
  /** Until when each channel is known to have no slot left. */
  const fullUntil = new Map<string, number>();

  async function takeSlot(channelId: string, timeoutMs: number) {
    const holder = randomBytes(4).toString('hex');
    const until = now() + timeoutMs + SLACK_MS;
    const place = { channelId, pool };
    const slot = await takeCallSlot(table, place, { limit, holder, until, now: now(), chance });
    if (slot !== null) return { slot, holder };
    rememberFull(channelId);
    return null;
  }

  async function isFull(channelId: string): Promise<boolean> {
    if (remembersFull(channelId)) return true;
    if (await hasFreeCallSlot(table, { channelId, pool }, { limit, now: now() })) return false;
    rememberFull(channelId);
    return true;
  }

  const remembersFull = (channelId: string) => (fullUntil.get(channelId) ?? 0) > now();

  function rememberFull(channelId: string): void {
    fullUntil.set(channelId, now() + REMEMBER_MS);
    if (fullUntil.size > MOST_REMEMBERED) fullUntil.clear();
  }

  async function record(
    { channel, side }: Pick<GatedCall, 'channel' | 'side'>,
    failed: boolean | null,
  ): Promise<void> {
    if (failed === null) return;
    if (failed) {
      const failures = await countFailedCall(table, channel.id, side, now());
      if (failures !== FAILURES_TO_OPEN) return;
      count('far-side-failing');
      log.warn('far-side-failing', { channel_id: channel.id, side });
    } else if ((channel[`${side}_failures`] ?? 0) > 0) {
      await forgetFailedCalls(table, channel.id, side);
      log.info('far-side-answers', { channel_id: channel.id, side });
    }
  }

  return ({ receives, firstReceivedAt }) => {
    const sendBack = () => ({ waitMs: waitForSlot(receives, chance()) });
    const whileFailing = (atLeastMs = 0) => ({
      waitMs: waitForFarSide(atLeastMs, receives, chance()),
    });
    const isTooLate = (side: FarSide) =>
      side !== 'provider' && hasWaitedTooLong({ receives, firstReceivedAt }, now());
    // A turn goes on without a transcriber that fails.
    const isGivenUp = (channel: Channel, side: FarSide) =>
      side === 'transcriber' ||
      (side === 'agent' && isAgentGivenUp(channel, firstReceivedAt, now()));

    return {
      async turnAway(channel, side) {
        if (receives <= 1 || isGivenUp(channel, side)) return null;
        const passage = callPassage(channel, side, now());
        if (passage.kind === 'wait') return whileFailing(passage.waitMs).waitMs;
        if (passage.kind !== 'call' || !passage.needsSlot || isTooLate(side)) return null;
        return (await isFull(channel.id)) ? sendBack().waitMs : null;
      },

      async call({ channel, side, timeoutMs }, make) {
        const passage = callPassage(channel, side, now());
        if (passage.kind === 'wait') {
          return isGivenUp(channel, side) ? 'given-up' : whileFailing(passage.waitMs);
        }
        if (passage.kind === 'single') {
          const seen = channel[`${side}_single_call_at`] ?? 0;
          if (!(await claimSingleCall(table, channel.id, side, { seen, now: now() }))) {
            return isGivenUp(channel, side) ? 'given-up' : whileFailing();
          }
        }
        let held = null as Awaited<ReturnType<typeof takeSlot>>;
        if (passage.kind === 'call' && passage.needsSlot) {
          const isKnownFull = !isTooLate(side) && remembersFull(channel.id);
          held = isKnownFull ? null : await takeSlot(channel.id, timeoutMs);
          if (!held) return isTooLate(side) ? 'no-slot' : sendBack();
        }

        const ending = new AbortController();
        let isOver = false;
        /** The call is slow: from now on it needs a slot, and so do the channel's next calls. */
        const turnSlow = async () => {
          const until = slowUntil(channel, side, now());
          if (until !== null) await markSlow(table, channel.id, side, until);
          held ??= await takeSlot(channel.id, timeoutMs);
          if (held || isOver) return;
          count('call-ended-for-others');
          log.info('call-ended-for-others', { channel_id: channel.id, side });
          ending.abort();
        };
        let turning: Promise<void> | undefined;
        const grace = setTimeout(() => {
          // Where it cannot be written the call goes on: better slow than lost.
          turning = turnSlow().catch((error: unknown) =>
            log.warn('slow-call-not-marked', { channel_id: channel.id, error: String(error) }),
          );
        }, graceMs);
        const over = () => {
          isOver = true;
          clearTimeout(grace);
        };
        try {
          const end = await make(ending.signal, over);
          over();
          if (ending.signal.aborted) return sendBack();
          await record({ channel, side }, end.failed).catch((error: unknown) =>
            log.warn('call-not-recorded', { channel_id: channel.id, error: String(error) }),
          );
          return { value: end.value };
        } finally {
          over();
          await turning;
          if (held) {
            fullUntil.delete(channel.id);
            await giveBackCallSlot(table, { channelId: channel.id, pool }, held).catch(
              (error: unknown) =>
                log.warn('slot-not-given-back', { channel_id: channel.id, error: String(error) }),
            );
          }
        }
      },
    };
  };
}
