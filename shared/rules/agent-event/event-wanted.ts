import type { DeliveryStatus } from '../../contract/delivery-news.ts';

/** Events an agent gets when its channel names none (docs/contract.md#us-to-the-agent "Event types"). */
const DELIVERIES_BY_DEFAULT: readonly DeliveryStatus[] = [
  'failed',
  'refused',
  'degraded',
  'expired',
];

/** Whether the agent wants to hear of what it need not answer: only when its channel names it. */
export const wantsEvent = (
  events: string[] | null,
  type: 'message_update' | 'visitor_changed',
): boolean => (events ?? []).includes(type);

/**
 * Whether the agent wants to hear of this delivery status. `agent.events` adds to the default:
 * `delivery:read` one status, `delivery` every one.
 */
export const wantsDelivery = (events: string[] | null, status: DeliveryStatus): boolean =>
  DELIVERIES_BY_DEFAULT.includes(status) ||
  (events ?? []).some((event) => event === 'delivery' || event === `delivery:${status}`);
