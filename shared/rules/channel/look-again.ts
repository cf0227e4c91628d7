/**
 * How long a reply waits before it looks again whether its blocked channel may send, in milliseconds: at
 * least as long as from one probe of the channel's health to the next, and at most twice as long. `chance`,
 * from 0 to 1, spreads the replies of many chats, so that they do not all come back at once.
 */
export const lookAgainMs = (probeIntervalMs: number, chance: number): number =>
  Math.round(probeIntervalMs * (1 + chance));
