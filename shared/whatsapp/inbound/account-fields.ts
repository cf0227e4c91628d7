import type { InboundItem } from '../../contract/inbound-item.ts';
import { type Json, listAt, valueAt } from '../foreign-json.ts';
import { factOf, notice } from './notice.ts';

/**
 * News about the account, its templates and its number (docs/360dialog.md#other-webhook-fields), which
 * become log lines and counts.
 */
const KNOWN_FIELDS = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'account_update',
  'account_alerts',
  'account_review_update',
  'business_capability_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'security',
  'business_username_update',
]);

/** What is worth logging of them: codes, names of templates, numbers. Other fields may hold people's words. */
const FACTS = [
  'event',
  'status',
  'decision',
  'reason',
  'message_template_id',
  'message_template_name',
  'message_template_language',
  'message_template_category',
  'previous_category',
  'new_category',
  'previous_quality_score',
  'new_quality_score',
  'current_limit',
  'old_limit',
  'max_daily_conversation_per_phone',
  'max_daily_conversations_per_business',
  'restriction_type',
  'violation_type',
  'waba_ban_state',
  'alert_type',
  'alert_severity',
  'alert_status',
];

/** Objects that hold some of these, alone or in a list. */
const DETAILS = ['restriction_info', 'violation_info', 'ban_info', 'alert_info'];

/** Any change that is no message: one notice, named by its field where we know the field. */
export function readAccountField(field: string, value: Json): InboundItem[] {
  const places = [value, ...DETAILS.flatMap((key) => listAt(value, key).slice(0, 5))];
  const facts = Object.fromEntries(
    FACTS.map((key) => [key, factIn(places.map((place) => valueAt(place, key)))]),
  );
  if (KNOWN_FIELDS.has(field)) return [notice(field.replaceAll('_', '-'), facts)];
  return [notice('unknown-field', { ...facts, field: factOf(field) })];
}

function factIn(values: unknown[]) {
  const found = new Set(values.map(factOf).filter((fact) => fact !== undefined));
  return found.size > 1 ? [...found].join(' ') : [...found][0];
}
