import { AGENT_NOTES } from './agent-notes.ts';
import { REQUEST_NOTES } from './request-notes.ts';
import type { Fields } from './schema-parts.ts';

/** A sentence for each field, by the field's path. */
type Notes = Record<string, string>;

const SHARED: Notes = {
  type: 'The only value: a direct messenger.',
  connector: 'The only value: the provider.',
  title: 'What you call the channel. Two channels may have the same title; only the id is unique.',
  hosting:
    'Where the number is hosted: `cloud` (waba-v2.360dialog.io), `sandbox` or `on-premise` (the old API, payload version v1).',
  base_url:
    'Another host of 360dialog, https; null for that of `hosting`. http only to the same machine, on the local runtime.',
  agent: 'The agent that answers.',
  ...AGENT_NOTES,
  'agent.timeout_ms': 'How long the agent may take to answer, in milliseconds.',
  'agent.events':
    'Which events are sent beyond the default: names like `message_update` or `delivery:read`. Always sent: message, unsupported, incoming_request, notification, handover, and delivery for failed, refused, degraded and expired.',
  options: 'How the channel behaves.',
  'options.choices':
    'What a menu of more than 3 buttons becomes: a numbered text, or WhatsApp’s native list (4 to 10).',
  'options.markdown':
    'Whether text goes as the agent writes it, or its Markdown is converted to WhatsApp’s formatting.',
  'options.if_window_closed':
    'What becomes of a free message outside the 24-hour window: it is refused, replaced by the fallback template, or parked until the visitor writes.',
  'options.fallback_template': 'The approved template that is sent instead; null: none.',
  'options.fallback_template.name': 'Its name at 360dialog.',
  'options.fallback_template.language': 'Its language code, as approved.',
  'options.fallback_template.parameters': 'The body’s texts, in order or by name.',
  'options.fallback_template.components': 'WhatsApp’s own components, instead of parameters.',
  'options.park_hours': 'How long a parked message waits for the visitor.',
  'options.stop_words':
    'A visitor opts out with a message that is one of these words and nothing else. Until they send a start word, no template is sent to them and nothing is parked.',
  'options.start_words': 'A message that is one of these words ends the opt-out.',
  'options.typing_indicator':
    'What the visitor sees while the agent thinks: blue ticks and typing (`on`), blue ticks (`read`), or nothing (`off`).',
  'options.agent_failed_text':
    'The text the visitor gets when the agent fails for good; null: none.',
  'options.dialog_idle_minutes':
    'After so many minutes without a message or call of the visitor a dialog counts as closed; 0: never.',
  'options.incoming_request_when_open':
    'What becomes of an Incoming Request while a dialog is open: it is delivered, or refused with 409 unless it is urgent.',
  'options.pause_on_human_minutes':
    'How long the agent is paused after a person answered from the WhatsApp Business app; 0: it is not paused.',
  'options.wait_after_media_ms':
    'How long a message that follows a file waits for the first status of that file.',
  'options.max_wait_minutes': 'How long a reply may wait for limits and blocks before it fails.',
  'options.notification_timeout_minutes':
    'After how many minutes at the latest the agent gets the result of a notification.',
  'options.unknown_outcome':
    'What to do when 360dialog does not say whether it took a message: send it once more, or report `outcome-unknown`.',
  'options.media_url_ttl_hours': 'How many hours the address of a received file is valid.',
  'options.burst_ms':
    'Debounce: messages of one chat that follow one another within so many milliseconds are one turn, with `messages`; 0: each is a turn of its own.',
  'options.burst_max_ms': 'How long such a turn waits for messages at most.',
  'options.history_turns':
    'How many turns of the chat each event tells the agent as `history`, its memory; 0: none, and nothing is kept for it.',
  'options.max_turns_per_hour':
    'A guard against loops: beyond so many messages of one chat in an hour the agent is not asked; 0: none.',
  'options.forget_after_days':
    'After so many days without a message, from either side, a chat is forgotten: from the next message on. Null: never. A visitor who opted out is not forgotten.',
  'options.transcription':
    'A server that makes text of voice notes, as `transcript`, before the agent is asked: any with OpenAI’s endpoint `/audio/transcriptions`. Null: none, and nothing is made into text.',
  'options.transcription.url': 'The base of its address, https, as `https://api.openai.com/v1`.',
  'options.transcription.model': 'The name of its model, as `whisper-1`.',
  'options.transcription.language': 'The language that is spoken, as a code; null: it finds out.',
  'options.transcription.prompt': 'Words that help it, as names and terms; null: none.',
  'options.require_webhook_header':
    'Refuse webhooks without the secret header. They come without it when the URL was pasted into the 360dialog Hub by hand.',
};

const INPUT: Notes = {
  ...SHARED,
  token:
    'The 360dialog API key. It is kept as a secret and never shown in full, logged or stored in clear.',
  'agent.headers':
    'Headers that each event is posted with, by name: at most 2048 bytes. Kept as secrets.',
  'agent.api_key':
    'The key the agent asks for, sent the way its kind wants it. Kept as a secret; null: none.',
  'options.transcription.headers':
    'Headers that each voice note is posted with, by name. Kept as secrets.',
  'options.transcription.api_key':
    'The key that the server asks for, sent as a bearer token. Kept as a secret; null: none.',
  active: 'Whether to activate it as well, which registers the webhook at 360dialog.',
};

/** The sentences, by the name of the schema. */
export const FIELD_NOTES: Record<string, Notes> = {
  ChannelInput: INPUT,
  ChannelEdit: {
    ...INPUT,
    token: 'Another 360dialog API key. The masked key, as it is shown, leaves it as it is.',
    'agent.headers':
      'Replaces all of them; a value of `…` leaves that header as it is. Kept as secrets.',
    'agent.api_key': 'Another key; `…` leaves it as it is, null removes it. Kept as a secret.',
    'options.transcription.headers':
      'Replaces all of them; a value of `…` leaves that header as it is. Kept as secrets.',
    'options.transcription.api_key':
      'Another key; `…` leaves it as it is, null removes it. Kept as a secret.',
    active: 'true activates, or registers an active one again; false deactivates.',
  },
  Channel: {
    ...SHARED,
    id: '`ch_` and 20 hex digits.',
    version: 'Grows with each change; also the ETag.',
    token: '`…` and its last four characters.',
    'agent.headers': 'The names; each value is `…`.',
    'agent.api_key': '`…`, where there is one.',
    'options.transcription.headers': 'The names; each value is `…`.',
    'options.transcription.api_key': '`…`, where there is one.',
    active: 'Whether what visitors write reaches the agent.',
    webhook_url: 'The address 360dialog posts to: a secret, so in a list it is null.',
    incoming_request_url:
      'The address Incoming Requests are posted to: a secret, so in a list it is null.',
    blocked:
      'Why 360dialog refuses everything this number sends, so that its replies wait; null: it does not. The number’s health is asked for each minute, and any edit makes the next reply try at once.',
    'blocked.code': 'The provider’s code.',
    'blocked.reason': 'The provider’s words.',
    'blocked.since': 'ISO 8601.',
    held: 'While an operator holds the channel its agent is asked nothing; null: it is not held.',
    'held.since': 'ISO 8601.',
    'held.text': 'What each visitor who writes is told, once; null: nothing.',
    created_at: 'ISO 8601.',
    updated_at: 'ISO 8601.',
  },
  ChannelAnswer: {
    channel: 'As it is now.',
    warnings: 'What did not work, although the request was carried out.',
    api_key: 'The key for the endpoints under /v1. Only at creation and at its rotation.',
    agent_secret:
      '`whsec_…`: events are signed with it (Standard Webhooks). Only at creation and at its rotation.',
    replaced_webhook:
      'The webhook address that was registered at 360dialog before, when it was not ours.',
    findings: 'Only in the answer to check.',
    asked: 'Only in the answer to check with `ask`.',
  },
  AskedReply: {
    kind: 'The type of a reply; of an attachment its kind.',
    text: 'What it says, with the labels of its buttons.',
    refused: 'Why it would not be sent: a code and the path of each fault; null: it would.',
  },
  AskedAgent: {
    text: 'The question.',
    outcome:
      '`answered`; `later`: it said that its answer comes by itself; `failed`: a turn of a visitor would have been lost, or tried again.',
    replies: 'In words, as a visitor would have got them.',
    dialog: 'What the answer says of the dialog; null: there is no answer.',
    code: 'Why there is no answer; `agent-answer-odd` where it may not mean what its author thinks; else null.',
    reason: 'The same in words.',
    took_ms: 'How long the agent took.',
  },
  ChannelList: { channels: 'Oldest first.', next: 'The cursor of the next page; null: none.' },
  Warning: {
    code: 'Programs may rely on it.',
    title: 'The same for every warning with this code.',
    detail: 'What happened, and what to do.',
  },
  Finding: {
    code: 'Programs may rely on it.',
    level: '`problem`: messages are not delivered, or not all. `note`: worth knowing.',
    title: 'What was found.',
    detail: 'What it means.',
    cure: 'What to do; null when nothing is wrong.',
  },
  ...REQUEST_NOTES,
};

/** The schema with a description at each field there is a sentence for. */
export function noteFields(schema: Fields, notes: Notes, at = ''): Fields {
  const noted = {
    ...schema,
    ...(Array.isArray(schema.anyOf) && {
      anyOf: schema.anyOf.map((way: Fields) => noteFields(way, notes, at)),
    }),
  };
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return noted;
  return {
    ...noted,
    properties: Object.fromEntries(
      Object.entries(properties as Record<string, Fields>).map(([name, field]) => {
        const path = at ? `${at}.${name}` : name;
        const description = notes[path];
        return [name, { ...(description && { description }), ...noteFields(field, notes, path) }];
      }),
    ),
  };
}
