import { REQUEST_NOTES } from './request-notes.ts';
import type { Fields } from './schema-parts.ts';

/** A sentence for each field, by its path. */
type Notes = Record<string, string>;

const SHARED: Notes = {
  type: 'A direct messenger; there is no other type.',
  connector: 'The provider; there is no other.',
  title: 'What you call the channel. Titles may repeat: the id is what is unique.',
  hosting:
    'Where the number lives: `cloud` (waba-v2.360dialog.io), `sandbox` or `on-premise` (receives whole, sends text in the old dialect).',
  base_url:
    'Another host of 360dialog, https; null for that of `hosting`. http only to the same machine, on the local runtime.',
  agent: 'Who answers.',
  'agent.kind': 'How the agent is spoken to.',
  'agent.url':
    'Where each event is posted: https; http only to the same machine, on the local runtime.',
  'agent.timeout_ms': 'How long the agent may take for an answer, in milliseconds.',
  'agent.events':
    'Which events are sent: names like `message` or `delivery:read`. Null: message, unsupported, incoming_request, notification, and delivery for failed, refused, degraded and expired.',
  options: 'How the channel behaves.',
  'options.choices': 'More than 3 buttons: a numbered text, or WhatsApp’s native list (4 to 10).',
  'options.markdown': 'Text as the agent writes it, or Markdown turned into WhatsApp’s formatting.',
  'options.if_window_closed':
    'A free message outside the 24-hour window: refused, replaced by the fallback template, or parked until the user answers.',
  'options.fallback_template': 'The approved template that goes instead; null: none.',
  'options.fallback_template.name': 'Its name at 360dialog.',
  'options.fallback_template.language': 'Its language code, as approved.',
  'options.fallback_template.parameters': 'The body’s texts, in order or by name.',
  'options.fallback_template.components': 'WhatsApp’s own components, instead of parameters.',
  'options.park_hours': 'How long a parked message waits for the user.',
  'options.stop_words':
    'A message that is one of these and nothing else: until the user says a start word, no template goes and nothing is parked.',
  'options.start_words': 'A message that is one of these takes that back.',
  'options.typing_indicator':
    'While the agent thinks: blue ticks and typing, blue ticks, or nothing.',
  'options.agent_failed_text':
    'What the user is told when the agent fails for good; null: nothing.',
  'options.dialog_idle_minutes': 'After so much silence a dialog counts as closed; 0: never.',
  'options.incoming_request_when_open':
    'An Incoming Request while a dialog is open: delivered, or refused with 409 unless it is urgent.',
  'options.pause_on_human_minutes':
    'How long the agent is silent after a person answered from the WhatsApp Business app; 0: not at all.',
  'options.wait_after_media_ms':
    'How long the next message waits for the status of a picture before it.',
  'options.max_wait_minutes': 'How long a reply may wait for limits and blocks before it fails.',
  'options.notification_timeout_minutes':
    'When the result of a notification is told at the latest.',
  'options.unknown_outcome':
    'Nobody knows whether a message went: send it once more, or report `outcome-unknown`.',
  'options.media_url_ttl_hours': 'How long the address of a received file is valid.',
  'options.require_webhook_header':
    'Refuse webhooks without the secret header; a URL pasted into the 360dialog Hub by hand brings none.',
};

const INPUT: Notes = {
  ...SHARED,
  token: 'The 360dialog API key. Kept as a secret; never answered, logged or stored in clear.',
  'agent.headers':
    'Headers of your own for each event, by name: at most 2048 bytes. Kept as secrets.',
  active: 'Activate it as well: registers the webhook at 360dialog.',
};

/** What the fields mean, by the name of their schema. */
export const FIELD_NOTES: Record<string, Notes> = {
  ChannelInput: INPUT,
  ChannelEdit: {
    ...INPUT,
    token: 'Another 360dialog API key; the masked one that is shown leaves it as it is.',
    'agent.headers':
      'Replaces all of them; a value of `…` leaves that header as it is. Kept as secrets.',
    active: 'true activates, or registers an active one again; false deactivates.',
  },
  Channel: {
    ...SHARED,
    id: '`ch_` and 20 hex digits.',
    version: 'Grows with each change; also the ETag.',
    token: '`…` and its last four characters.',
    'agent.headers': 'The names; each value is `…`.',
    active: 'Whether what people write reaches the agent.',
    webhook_url: 'Where 360dialog posts. A secret. Null only in a list, when it could not be read.',
    incoming_request_url:
      'Where others post Incoming Requests. A secret. Null only in a list, when it could not be read.',
    blocked:
      'Why 360dialog refuses everything of this number, so that replies wait; null: it does not. Looked at each minute; any edit tries at once.',
    'blocked.code': 'The provider’s.',
    'blocked.reason': 'In the provider’s words.',
    'blocked.since': 'ISO 8601.',
    created_at: 'ISO 8601.',
    updated_at: 'ISO 8601.',
  },
  ChannelAnswer: {
    channel: 'As it is now.',
    warnings: 'What did not work and stopped nothing.',
    api_key: 'The bearer of the endpoints under /v1. Only at creation and at its rotation.',
    agent_secret:
      '`whsec_…`: events are signed with it (Standard Webhooks). Only at creation and at its rotation.',
    replaced_webhook: 'The address of somebody else that stood at 360dialog before.',
    findings: 'Only from check.',
  },
  ChannelList: { channels: 'Oldest first.', next: 'The cursor of the next page; null: none.' },
  Warning: {
    code: 'What a program may rely on.',
    title: 'The same for every warning with this code.',
    detail: 'What happened, and what to do.',
  },
  Finding: {
    code: 'What a program may rely on.',
    level: '`problem`: messages do not go, or not all. `note`: worth knowing.',
    title: 'What was found.',
    detail: 'What it means.',
    cure: 'What to do; null where all is well.',
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
