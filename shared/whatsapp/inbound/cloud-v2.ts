import type { InboundItem } from '../../contract/inbound-item.ts';
import { isJson, type Json, listAt, objectAt, wordAt } from '../foreign-json.ts';
import { readAccountField } from './account-fields.ts';
import {
  readEcho,
  readHistory,
  readPhoneCall,
  readPreference,
  readStateSync,
} from './app-fields.ts';
import { readUserIdUpdate } from './identity-changes.ts';
import { type People, readPeople } from './people.ts';
import type { Reading } from './reading.ts';
import { readHandover, readStandby } from './thread-control.ts';
import { readValue } from './value.ts';

type ListReader = (raw: unknown, people: People, reading: Reading) => InboundItem[];

/** Fields that hold a list of things under a key. */
const LISTS: ReadonlyMap<string, [key: string, read: ListReader]> = new Map([
  ['smb_message_echoes', ['message_echoes', readEcho]],
  ['user_preferences', ['user_preferences', readPreference]],
  ['user_id_update', ['user_id_update', (raw, _people, reading) => readUserIdUpdate(raw, reading)]],
  ['calls', ['calls', readPhoneCall]],
]);

/** The Cloud envelope: every change of every entry, by its field (docs/360dialog.md#other-webhook-fields). */
export function readCloudV2(body: Json, reading: Reading): InboundItem[] {
  return listAt(body, 'entry').flatMap((entry) => {
    const changes = listAt(entry, 'changes');
    if (changes.length === 0) return reading.unread('entry-unreadable', entry);
    return changes.flatMap((change) => readChange(change, reading));
  });
}

function readChange(change: unknown, reading: Reading): InboundItem[] {
  const value = objectAt(change, 'value');
  if (!isJson(change) || !value) return reading.unread('change-unreadable', change);
  // Under a field of another name `messages` would not be what a visitor wrote.
  const field = wordAt(change, 'field') ?? 'messages';
  switch (field) {
    case 'messages':
      return holds(value, 'messages', 'statuses', 'errors')
        ? readValue(value, 'v2', reading)
        : reading.unread('nothing-recognised', change);
    case 'history':
      return readHistory(value);
    case 'standby':
      return readStandby(value, reading);
    case 'messaging_handovers':
      return readHandover(value, reading);
    case 'smb_app_state_sync':
      return readStateSync(value);
    default:
      return readList(field, value, reading) ?? readAccountField(field, value);
  }
}

function readList(field: string, value: Json, reading: Reading): InboundItem[] | null {
  const [key, read] = LISTS.get(field) ?? [];
  if (!key || !read) return null;
  if (!holds(value, key)) return reading.unread('nothing-recognised', value);
  const people = readPeople(listAt(value, 'contacts'));
  return listAt(value, key).flatMap((raw) => read(raw, people, reading));
}

const holds = (value: Json, ...keys: string[]) => keys.some((key) => listAt(value, key).length > 0);
