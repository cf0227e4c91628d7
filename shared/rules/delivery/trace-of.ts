import type { ReplyIdentity } from '../../contract/reply-identity.ts';

const EVENT_ID = /^evt_[0-9a-f]{32}$/;

/**
 * The id under which the log has everything about a reply: that of the event it answers, else that of the
 * request which asked for it (docs/contract.md#one-id-for-the-whole-way). A caller may name any text as the
 * event it answers: only what looks like an event's id gets into a log.
 */
export const traceOf = ({
  event_id,
  turn_id,
}: Pick<ReplyIdentity, 'event_id' | 'turn_id'>): string =>
  event_id !== null && EVENT_ID.test(event_id) ? event_id : turn_id;
