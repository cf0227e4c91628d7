import type { AgentEvent, EventEnvelope } from '../../shared/contract/agent-event.ts';
import type { EventName } from '../../shared/contract/event-schemas.ts';

const envelope: EventEnvelope = {
  version: 1,
  channel: { id: 'ch_0123456789abcdef0123', title: 'Support', connector: 'dialog360' },
  chat: {
    id: '3f1c0b8e5a2d49c7b6e0f1a2d3c4b5a697880102',
    is_new: false,
    dialog: 'open',
    window: { open: true, until: '2026-11-23T10:00:00.000Z' },
    paused_until: null,
  },
  context: {
    channel_chat_id: '491713920042|dialog360',
    channel_conversation_id: '491713920042',
    channel_visitor_id: '491713920042',
    channel_visitor_firstname: 'Anna',
    channel_visitor_lastname: 'Anna',
    channel_visitor_phone: '491713920042',
    channel_visitor_email: '',
    channel_visitor_account: '491713920042',
    channel_visitor_auth: '',
    channel_visitor_source: '',
    client_message: '',
  },
};
const head = <const T extends string>(type: T) => ({
  id: 'evt_5b2f0e6c1d3a4b5c6d7e8f9012345678',
  type,
  at: '2026-11-22T10:00:01.000Z',
  attempt: 1,
  trace_id: 'tr_5b2f0e6c1d3a4b5c6d7e8f9012345678',
});
const message = {
  id: 'wamid.HBgM',
  sent_at: '2026-11-22T10:00:00.000Z',
  received_at: '2026-11-22T10:00:01.000Z',
};

/** One event of each type. */
export const EVENT_EXAMPLES: Record<EventName, AgentEvent> = {
  message: {
    ...envelope,
    event: head('message'),
    context: { ...envelope.context, channel_message_id: message.id, client_message: 'Hello' },
    message: { ...message, kind: 'text', text: 'Hello' },
  },
  unsupported: {
    ...envelope,
    event: head('unsupported'),
    message: { ...message, kind: 'unsupported', text: '', type: 'poll', raw: {}, errors: [] },
  },
  message_update: {
    ...envelope,
    event: head('message_update'),
    message: { ...message, kind: 'reaction', text: '', emoji: '👍', to_message_id: 'wamid.HBgN' },
  },
  incoming_request: {
    ...envelope,
    event: head('incoming_request'),
    request: { body: { order: 4711 }, headers: {}, query: {}, is_urgent: false },
  },
  notification: {
    ...envelope,
    event: head('notification'),
    notification: { id: 'ntf_1', result: 'success', status: 'delivered', final: true },
  },
  delivery: {
    ...envelope,
    event: head('delivery'),
    delivery: {
      reply_id: 'rep_5b2f0e6c1d3a4b5c6d7e8f9012345678',
      part: 0,
      parts: 1,
      status: 'refused',
      code: 'window-closed',
      at: '2026-11-24T10:00:02.000Z',
    },
  },
  handover: {
    ...envelope,
    event: head('handover'),
    handover: { by: 'human', until: '2026-11-22T11:00:00.000Z' },
  },
  payment: {
    ...envelope,
    event: head('payment'),
    payment: { message_id: 'wamid.HBgN', status: 'captured', details: {} },
  },
  visitor_changed: {
    ...envelope,
    event: head('visitor_changed'),
    visitor: {
      old: { phone: '491713920042', bsuid: null },
      new: { phone: '491713920043', bsuid: null },
    },
  },
  ready: { version: 1, event: head('ready') },
};
