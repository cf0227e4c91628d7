import type { CallLimits } from '../../shared/dialog360/call.ts';
import type { ChannelsDeps } from './deps.ts';

/** How long the agent and the provider may still keep an operator waiting. */
export interface Patience {
  /** For the next call; never 0, so that a call made late still ends by itself. */
  callMs(): number;
  leftMs(): number;
}

/** Starts the clock for everything one request asks of others. */
export function startPatience({ now, patience }: ChannelsDeps): Patience {
  const until = now() + patience.allMs;
  const leftMs = () => until - now();
  return { leftMs, callMs: () => Math.max(1, Math.min(patience.callMs, leftMs())) };
}

/** The limits of the next call to the provider. */
export const nextCall = ({ reach }: ChannelsDeps, patience: Patience): CallLimits => ({
  reach,
  timeoutMs: patience.callMs(),
});
