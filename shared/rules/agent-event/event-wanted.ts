import type { DeliveryStatus } from '../../contract/delivery-news.ts';

/** Deliveries an agent is told of when its channel names no events (docs/contract.md#event-types). */
const DELIVERIES_BY_DEFAULT: readonly DeliveryStatus[] = [
  'failed',
  'refused',
  'degraded',
  'expired',
];

/** Whether the agent wants these events, which need no answer: only when its channel names them. */
export const wantsEvent = (
  events: string[] | null,
  type: 'message_update' | 'visitor_changed' | 'payment',
): boolean => (events ?? []).includes(type);

/**
 * Whether the agent wants to hear of this delivery status. `agent.events` adds to the default:
 * `delivery:read` one status, `delivery` every one.
 */
export const wantsDelivery = (events: string[] | null, status: DeliveryStatus): boolean =>
  DELIVERIES_BY_DEFAULT.includes(status) ||
  (events ?? []).some((event) => event === 'delivery' || event === `delivery:${status}`);
