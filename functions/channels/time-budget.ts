import type { CallLimits } from '../../shared/dialog360/call.ts';
import type { ChannelsDeps } from './deps.ts';

/** How long the agent and the provider may still keep the operator waiting for one answer. */
export interface TimeBudget {
  /** The time limit of the next call; never 0, so that a call made late still ends by itself. */
  callMs(): number;
  /** What is left for all calls together. */
  leftMs(): number;
}

/** Starts the clock for all calls that one of the operator's requests leads to. */
export function startTimeBudget({ now, timeLimits }: ChannelsDeps): TimeBudget {
  const until = now() + timeLimits.allMs;
  const leftMs = () => until - now();
  return { leftMs, callMs: () => Math.max(1, Math.min(timeLimits.callMs, leftMs())) };
}

/** The limits of the next call to the provider. */
export const providerCallLimits = (
  { reach }: ChannelsDeps,
  timeBudget: TimeBudget,
): CallLimits => ({ reach, timeoutMs: timeBudget.callMs() });
