type Notes = Record<string, string>;

const RECIPIENT: Notes = {
  'to.chat_id': 'The `chat.id` of an event.',
  'to.channel_chat_id': 'The `channel_chat_id` of an event.',
  'to.phone': 'With country code.',
  'to.bsuid': 'The business-scoped user id of somebody whose phone is withheld.',
};

/** What the fields of the agent's endpoints mean, by the name of their schema. */
export const REQUEST_NOTES: Record<string, Notes> = {
  MessagesRequest: {
    to: 'Whom: exactly one name. A phone or a BSUID nobody has seen makes the chat; then only templates go.',
    ...RECIPIENT,
    replies: 'Sent in this order. One that is not valid refuses all.',
    in_reply_to: 'The event these replies answer late; what becomes of them carries it.',
  },
  MessagesAnswer: { chat_id: 'The chat they go to.', replies: 'In the order of the request.' },
  NotificationRequest: {
    to: 'Whom: exactly one name. A phone or a BSUID nobody has seen makes the chat.',
    ...RECIPIENT,
    template: 'An approved template, as in a reply.',
    'template.name': 'Its name at 360dialog.',
    'template.language': 'Its language code, as approved.',
    'template.parameters': 'The body’s texts, in order or by name.',
    'template.components': 'WhatsApp’s own components, instead of parameters.',
    'template.reply_to': 'The id of a message to quote.',
    'template.valid_for': 'Seconds; if it could not go by then, the result is `fail`.',
    request_id: 'Yours; the `notification` event carries it.',
  },
  NotificationAnswer: {
    notification_id: 'The one `notification` event that follows carries it.',
    chat_id: 'The chat it goes to.',
    reply_id: 'Under which GET replies shows what became of the message.',
  },
  PauseRequest: { minutes: 'From now on; a later call counts, be it longer or shorter.' },
  IncomingRequestAnswer: { event_id: 'The event the agent will be sent.' },
  Chat: {
    chat_id: '40 hex digits; never changes.',
    channel_chat_id: 'Phone or BSUID and `|dialog360`, as it was when the chat was created.',
    identity: 'Who the user is, as far as it is known.',
    'identity.phone': 'Digits with country code.',
    'identity.bsuid': 'WhatsApp’s business-scoped user id.',
    'identity.username': 'WhatsApp’s user name.',
    name: 'The profile name as last seen.',
    created_at: 'ISO 8601.',
    last_inbound_at: 'When they last wrote, by WhatsApp’s clock; null: never.',
    window: 'The 24 hours in which a free message may go.',
    'window.open': 'Now.',
    'window.until': 'Null: they never wrote.',
    dialog: 'Closed by the agent, by its wish to hand over to a person, or by silence.',
    paused_until: 'The agent is silent until then; null: it is not paused.',
    parked: 'How many replies wait for the window to open.',
    opted_out:
      'What the user wants no more of: `everything` but answers (a stop word), or `marketing` (in WhatsApp).',
  },
  ReplyStatus: {
    reply_id: 'Ours.',
    id: 'The agent’s own.',
    event_id: 'The event it answers.',
    chat_id: 'The chat it goes to.',
    accepted_at: 'ISO 8601.',
    parts: 'One for each WhatsApp message; none yet: it waits for its turn.',
    notes: 'What had to bend, or `template-sent`: codes.',
    fallback_reply_id: 'The fallback template that went for it, a reply of its own.',
  },
  TemplateList: { templates: 'The approved ones, read at most a minute ago.' },
};
