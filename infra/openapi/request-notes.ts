type Notes = Record<string, string>;

const RECIPIENT: Notes = {
  'to.chat_id': 'The `chat.id` of an event.',
  'to.channel_chat_id': 'The `channel_chat_id` of an event.',
  'to.phone': 'The phone number, with country code.',
  'to.bsuid': 'The business-scoped user id of a visitor whose phone number is withheld.',
};

const LETTER: Notes = {
  id: 'It names the letter at the other endpoints.',
  channel_id: '`unknown` where not even that could be read.',
  queue: 'Which queue the job came from.',
  about: 'What the job was: `message`, `reply`, `status` …; null: it cannot be read.',
  code: 'Why it was given up.',
  reason: 'What happened this time, in one sentence.',
  why: 'What the code means.',
  what_to_do: 'What an operator does about it.',
  redrivable: 'False: nothing would come of redriving it.',
  attempts: 'How often it was tried.',
  at: 'When it came in, ISO 8601.',
  event_id: 'The event that the agent will be asked about again; null: it is no lost turn.',
  chat_id: 'Null: the job names none.',
  reply_id: 'Null: the job names none.',
};

/** What the fields of the agent's endpoints mean, by the name of their schema. */
export const REQUEST_NOTES: Record<string, Notes> = {
  MessagesRequest: {
    to: 'The visitor, by exactly one of these. A phone number or BSUID that is new gets a chat, in which only templates can be sent.',
    ...RECIPIENT,
    replies: 'Sent in this order. If one is not valid, all are refused.',
    in_reply_to: 'The event that these replies answer late; their `delivery` events have it.',
  },
  MessagesAnswer: { chat_id: 'The chat they go to.', replies: 'In the order of the request.' },
  NotificationRequest: {
    to: 'The visitor, by exactly one of these. A phone number or BSUID that is new gets a chat.',
    ...RECIPIENT,
    template: 'An approved template, as in a reply.',
    'template.name': 'Its name at 360dialog.',
    'template.language': 'Its language code, as approved.',
    'template.parameters': 'The body’s texts, in order or by name.',
    'template.components': 'WhatsApp’s own components, instead of parameters.',
    'template.reply_to': 'The id of a message to quote.',
    'template.valid_for': 'Seconds. When it could not be sent by then, the result is `fail`.',
    request_id: 'Chosen by you; the `notification` event has it.',
  },
  NotificationAnswer: {
    notification_id: 'The `notification` event that follows has it.',
    chat_id: 'The chat it goes to.',
    reply_id: 'The replies endpoint shows under it what became of the message.',
  },
  CheckRequest: {
    ask: 'What the agent is asked as a visitor would, in a test turn. Left out: nothing.',
  },
  HoldRequest: { text: 'What each visitor who writes meanwhile is told, once. Left out: nothing.' },
  PauseRequest: { minutes: 'From now on. A later call replaces it, whether longer or shorter.' },
  IncomingRequestAnswer: { event_id: 'The event the agent will be sent.' },
  StatusAnswer: { channels: 'Oldest first.', next: 'For the next page; null: none.' },
  DeadLetterSummary: LETTER,
  DeadLetter: { ...LETTER, job: 'What came in, with the words in it.' },
  DeadLetterList: {
    dead_letters: 'Without words, names or numbers of people.',
    next: 'For the next page; null: none. A page may be empty although one follows.',
  },
  Chat: {
    chat_id: '40 hex digits; never changes.',
    channel_chat_id: 'Phone or BSUID and `|dialog360`, as it was when the chat was created.',
    identity: 'The visitor, as far as we know.',
    'identity.phone': 'Digits, with country code.',
    'identity.bsuid': 'WhatsApp’s business-scoped user id.',
    'identity.username': 'The WhatsApp username.',
    name: 'The profile name as last seen.',
    created_at: 'ISO 8601.',
    last_inbound_at: 'When the visitor last wrote, by WhatsApp’s clock; null: never.',
    window: 'The 24 hours in which free messages may be sent.',
    'window.open': 'Whether it is open now.',
    'window.until':
      'Its end; null: the visitor never wrote, or WhatsApp has said that the window is closed.',
    dialog:
      'Closed when the agent closes it, when it asks for an operator, or after the visitor’s silence.',
    paused_until: 'The agent is paused until then; null: it is not paused.',
    held_by:
      'Meta’s own agent has the conversation, so the agent is paused until it gives it back; null: it has not.',
    parked: 'How many replies wait until the window opens.',
    opted_out:
      'What the visitor opted out of: `everything` but answers (with a stop word), or `marketing` (in WhatsApp).',
  },
  ChatRecord: {
    chat: 'The chat, in each page.',
    names: '`phone:…` and `bsuid:…`: what leads to the chat.',
    row: 'The chat’s row as the table keeps it. Its fields are no contract.',
    turns: 'What was said to the visitor in the last 8 days, and what became of it.',
    history: 'What was said, as it is kept for the agent’s memory, the newest first.',
    dead_letters:
      'Work about the visitor that was given up in the last 14 days. Of what could not be read the `job` may hold other people’s words.',
    next: 'The `cursor` of the next page; null: this is the last.',
  },
  ReplyStatus: {
    reply_id: 'Our id.',
    id: 'The agent’s own id.',
    event_id: 'The event it answers.',
    trace_id:
      'The id of its whole story, in every line of the log: of that event, else of the request that sent it.',
    chat_id: 'The chat it goes to.',
    accepted_at: 'ISO 8601.',
    parts: 'One for each WhatsApp message; empty while it waits in the queue.',
    notes:
      'Codes: what had to be changed to send it, `template-sent` or `fallback-template-failed`.',
    fallback_reply_id: 'The reply that is the fallback template sent for it.',
    index:
      'In the record of a chat: its place among the replies of its turn’s `outcome`; null: its words are not there.',
  },
  ProviderTemplateList: {
    data: 'As 360dialog lists them.',
  },
  TemplateList: { templates: 'The approved ones, read at most a minute ago.' },
};
