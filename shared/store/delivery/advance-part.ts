import type { Delivery } from '../../contract/delivery.ts';
import type { InboundStatus } from '../../contract/inbound-item.ts';
import type { PartName } from '../../rules/delivery/callback-data.ts';
import { rankOf, rankThatYields } from '../../rules/delivery/delivery-progress.ts';
import { deliveryKey } from '../keys.ts';
import { type Table, updateItem } from '../table.ts';

/** A status the provider reports for one of our parts. `at` in epoch milliseconds. */
export interface PartNews {
  status: InboundStatus['status'];
  messageId: string;
  at: number;
  code: string | null;
  reason: string | null;
  pricing?: Record<string, unknown> | undefined;
  /** It failed, and the sender is about to send it once more. */
  goesAgain?: true;
}

/** A longer price is none: all parts of a delivery share one item of 400 KB. */
const LONGEST_PRICING = 4_096;

function asText(pricing: Record<string, unknown>): string {
  const text = JSON.stringify(pricing);
  return text.length <= LONGEST_PRICING ? text : '{"left_out":"too-large"}';
}

/**
 * PROTOCOLS 5.1: moves a part forward. Returns the delivery as it was before; null when the part has
 * come further already, is in another round, has another message, or is not there.
 */
export function advancePart(
  table: Table,
  { channelId, replyId, part, round }: PartName & { channelId: string },
  news: PartNews,
): Promise<Delivery | null> {
  const fields = {
    status: news.status,
    rank: rankOf(news.status),
    at: news.at,
    message_id: news.messageId,
    code: news.code,
    reason: news.reason,
    ...(news.pricing && { pricing: asText(news.pricing) }),
    ...(news.goesAgain && { goes_again: true }),
  };
  // A part in a later round no longer takes the statuses of its earlier message.
  const sameRound =
    round === 0 ? 'attribute_not_exists(#parts.#p.#round)' : '#parts.#p.#round = :round';
  // Nor does a part that was sent twice, or whose reply id was used before, take those of its other message.
  const sameMessage = '(#parts.#p.#message_id = :message_id OR #parts.#p.#message_id = :null)';
  // One whose next round never began fails for good, though it has failed before.
  const isOver = news.status === 'failed' && !news.goesAgain;
  const yields = '#parts.#p.#rank < :yields';
  const sets = Object.keys(fields).map((field) => `#parts.#p.#${field} = :${field}`);
  return updateItem<Delivery>(
    table,
    deliveryKey(channelId, replyId),
    {
      update: `SET ${sets.join(', ')}${isOver ? ' REMOVE #parts.#p.#goes_again' : ''}`,
      condition: [
        'attribute_exists(#parts.#p)',
        isOver ? `(${yields} OR attribute_exists(#parts.#p.#goes_again))` : yields,
        sameRound,
        sameMessage,
      ].join(' AND '),
      names: { '#p': String(part) },
      values: {
        ':yields': rankThatYields(news.status),
        ':null': null,
        ...(round > 0 && { ':round': round }),
        ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [`:${key}`, value])),
      },
    },
    { returns: 'ALL_OLD' },
  );
}
