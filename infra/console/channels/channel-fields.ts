import { components } from '../../openapi.json';
import { type Field, fieldsIn, type Schema } from '../fields/field-tree.ts';

/** Switched by buttons of their own: a press of Save never does it by the way. */
const NOT_IN_FORM = ['active'];

/** Every field of a channel, as the admin endpoints take it. */
export const CHANNEL_FIELDS: Field[] = fieldsIn(
  // TypeScript has a type of its own for each field of the document; the form reads any JSON schema.
  components.schemas.ChannelInput as unknown as Schema,
).filter(({ path }) => !NOT_IN_FORM.includes(path));

/** The groups of the form, each with the beginnings of its fields' paths. What no group has stands in the last. */
const GROUPS = [
  { name: 'channel', has: ['title', 'type', 'connector', 'token', 'hosting', 'base_url'] },
  { name: 'agent', has: ['agent.', 'options.agent_failed_text', 'options.history_turns'] },
  {
    name: 'messages',
    has: [
      'options.choices',
      'options.markdown',
      'options.typing_indicator',
      'options.burst',
      'options.transcription',
      'options.wait_after_media_ms',
      'options.media_url_ttl_hours',
    ],
  },
  {
    name: 'window',
    has: ['options.if_window_closed', 'options.fallback_template', 'options.park_hours'],
  },
  {
    name: 'people',
    has: [
      'options.dialog_idle_minutes',
      'options.pause_on_human_minutes',
      'options.stop_words',
      'options.start_words',
      'options.forget_after_days',
    ],
  },
  { name: 'delivery', has: [] },
] as const;

export type GroupName = (typeof GROUPS)[number]['name'];

const groupOf = ({ path }: Field): GroupName =>
  GROUPS.find(({ has }) => has.some((start) => path.startsWith(start)))?.name ?? 'delivery';

/** The form, group by group. */
export const FIELD_GROUPS: { name: GroupName; fields: Field[] }[] = GROUPS.map(({ name }) => ({
  name,
  fields: CHANNEL_FIELDS.filter((field) => groupOf(field) === name),
}));
