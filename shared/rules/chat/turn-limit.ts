import type { Chat } from '../../contract/chat.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Whether the agent may be asked about one more message of the chat (option `max_turns_per_hour`; 0: always).
 * Messages are counted in a write that is made anyway, which cannot begin anew by itself: so the count goes on
 * until it is above the limit. `begin-anew`: it took more than an hour to get there, and this is the first message
 * of a new count. `until`: when the agent is asked again.
 */
export function turnLimit(
  { turns_counted, turns_since }: Pick<Chat, 'turns_counted' | 'turns_since'>,
  max: number,
  now: number,
): 'within' | 'begin-anew' | { until: number } {
  if (max === 0 || turns_counted <= max || turns_since === null) return 'within';
  const until = turns_since + HOUR_MS;
  return now < until ? { until } : 'begin-anew';
}
