import type { CallLimits } from '../../shared/dialog360/call.ts';
import type { ChannelsDeps } from './deps.ts';

/** How long the agent and the provider may still keep an operator waiting. */
export interface TimeBudget {
  /** For the next call; never 0, so that a call made late still ends by itself. */
  callMs(): number;
  leftMs(): number;
}

/** Starts the clock for everything one request asks of others. */
export function startTimeBudget({ now, timeBudget }: ChannelsDeps): TimeBudget {
  const until = now() + timeBudget.allMs;
  const leftMs = () => until - now();
  return { leftMs, callMs: () => Math.max(1, Math.min(timeBudget.callMs, leftMs())) };
}

/** The limits of the next call to the provider. */
export const nextCall = ({ reach }: ChannelsDeps, timeBudget: TimeBudget): CallLimits => ({
  reach,
  timeoutMs: timeBudget.callMs(),
});
