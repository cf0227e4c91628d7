import type { AskedEvent } from '../../shared/agent/wire/kind.ts';

/** An event as agents of other kinds are asked about it: a message, or (with `request`) an Incoming Request. */
export function askedEvent(about: Record<string, unknown>): AskedEvent {
  const message = about.message as Record<string, unknown> | undefined;
  const type = about.request ? 'incoming_request' : 'message';
  const head = { id: 'evt_1', type, at: '2026-11-22T10:00:01.000Z', attempt: 1, trace_id: 'tr_1' };
  const text = message?.text ?? '';
  return {
    version: 1,
    event: head,
    channel: { id: 'ch_1', title: 'Support', connector: 'dialog360' },
    chat: {
      id: 'c'.repeat(40),
      is_new: false,
      dialog: 'open',
      window: { open: true, until: '2026-11-23T10:00:00.000Z' },
      paused_until: null,
    },
    context: {
      channel_chat_id: '491713920042|dialog360',
      channel_visitor_firstname: 'Anna',
      channel_visitor_phone: '491713920042',
      client_message: about.client_message ?? text,
    },
    ...(message && {
      message: {
        id: 'wamid.1',
        kind: 'text',
        text: '',
        sent_at: '2026-11-22T10:00:00.000Z',
        received_at: '2026-11-22T10:00:01.000Z',
        ...message,
      },
    }),
    ...(about.request !== undefined && { request: about.request }),
    ...(about.history !== undefined && { history: about.history }),
    ...(about.messages !== undefined && { messages: about.messages }),
  } as unknown as AskedEvent;
}
