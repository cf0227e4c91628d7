import type { Turn } from '../contract/turn.ts';
import { expiry, TURN_DAYS, turnKey } from './keys.ts';
import { type Table, updateItem } from './table.ts';

/**
 * PROTOCOLS 28.2: lets the agent be asked again about a turn that had failed. `failed`: the turn as it was
 * read, or null where it has expired. False: it is another by now. `now` in ms.
 */
export async function reopenTurn(
  table: Table,
  { channelId, eventId }: { channelId: string; eventId: string },
  failed: Turn | null,
  now: number,
): Promise<boolean> {
  const reopened = await updateItem(table, turnKey(channelId, eventId), {
    update: `SET #channel_id = :channel, #event_id = :event, #begun_at = if_not_exists(#begun_at, :now),
      #attempts = :none, #expires_at = :expires, #redriven = list_append(if_not_exists(#redriven, :empty), :time)
      REMOVE #outcome, #ended_at, #timeouts, #sent_back`,
    condition: failed ? '#outcome = :outcome' : 'attribute_not_exists(#pk)',
    values: {
      ':channel': channelId,
      ':event': eventId,
      ':now': now,
      ':none': 0,
      ':empty': [],
      ':time': [now],
      ':expires': expiry(now, TURN_DAYS).expires_at,
      ...(failed && { ':outcome': JSON.stringify(failed.outcome) }),
    },
  });
  return reopened !== null;
}
