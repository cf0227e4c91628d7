import type { Channel } from '../../shared/contract/channel.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import { replyBehind } from '../../shared/rules/delivery/replies-of.ts';
import type { Table } from '../../shared/store/table.ts';
import { findTurn } from '../../shared/store/turns.ts';

/**
 * What was written for a delivery, from the turn that holds it; undefined: it is no longer kept. A cheap
 * read may be older than the turn's end, so before words count as gone the turn is read consistently.
 */
export async function findWords(
  table: Table,
  channel: Channel,
  delivery: Pick<Delivery, 'turn_id' | 'index' | 'fallback_for' | 'redriven'>,
): Promise<unknown> {
  const place = { channelId: channel.id, eventId: delivery.turn_id };
  const seen = replyBehind(channel, await findTurn(table, place), delivery);
  if (seen !== undefined) return seen;
  return replyBehind(channel, await findTurn(table, place, { consistent: true }), delivery);
}
