// Meta's own agent on the number: what happens while it has a conversation (`standby`), and who has it now
// (`messaging_handovers`). docs/360dialog.md#metas-own-agent
import type { InboundItem } from '../../contract/inbound-item.ts';
import { idOf } from '../../kernel/hash.ts';
import { idAt, type Json, listAt, objectAt, timeAt, valueAt, wordAt } from '../foreign-json.ts';
import { factOf, notice } from './notice.ts';
import { type Claim, claimOf, isKnown, type People, phoneOf, readPeople } from './people.ts';
import type { Reading } from './reading.ts';
import { readValue } from './value.ts';

/**
 * The copy of a conversation that Meta's own agent has: the visitor's messages, marked, and of the rest
 * notices. Its echoes and statuses are about messages that are not ours.
 */
export function readStandby(value: Json, reading: Reading): InboundItem[] {
  const found = listAt(value, 'standby');
  const copies = found.length > 0 ? found : [value];
  const holdsAny = copies.some((copy) => KINDS.some((kind) => listAt(copy, kind).length > 0));
  if (!holdsAny) return reading.unread('nothing-recognised', value);
  return copies.flatMap((copy) => [
    ...readMessages(value, copy, reading),
    ...listAt(copy, 'message_echoes').map((raw) => copyNotice('standby-echo', raw)),
    ...listAt(copy, 'statuses').map((raw) => copyNotice('standby-status', raw)),
  ]);
}

const KINDS = ['messages', 'message_echoes', 'statuses', 'errors'];

function readMessages(value: Json, copy: unknown, reading: Reading): InboundItem[] {
  const contacts = [
    ...listAt(copy, 'contacts'),
    ...(copy === value ? [] : listAt(value, 'contacts')),
  ];
  const said = { contacts, messages: listAt(copy, 'messages'), errors: listAt(copy, 'errors') };
  return readValue(said, 'v2', reading).map((item) =>
    item.kind === 'message'
      ? { kind: 'message', message: { ...item.message, standby: true } }
      : item,
  );
}

const copyNotice = (name: string, raw: unknown): InboundItem =>
  notice(name, {
    message_id: idOf('msg', idAt(raw, 'id') ?? ''),
    status: factOf(valueAt(raw, 'status')),
  });

/** One change of who has the conversation. Nothing names the receiving number, and nothing has to. */
export function readHandover(value: Json, reading: Reading): InboundItem[] {
  const type = wordAt(value, 'type') ?? '';
  const holder = holderAfter(type, objectAt(value, type));
  if (!holder) return [notice('messaging-handovers', { type: factOf(type) })];
  const people = readPeople(listAt(value, 'contacts'));
  const visitor = visitorOf(value, people);
  if (!isKnown(visitor)) return reading.unread('sender-unknown', value);
  const at = timeAt(value, 'timestamp');
  const id = idOf('ctl', visitor.bsuid ?? visitor.phone ?? '', type, holder, at ?? '');
  return [{ kind: 'control-change', change: { id, visitor, holder, at } }];
}

function visitorOf(value: Json, people: People) {
  const sender = objectAt(value, 'sender');
  const claim: Claim = claimOf(sender, 'phone_number', 'user_id', 'parent_user_id');
  const phone = claim.phone ?? phoneOf(valueAt(sender, 'wa_id'));
  return people.person({ ...claim, phone }).identity;
}

/** The roles under which Meta names its own agent. */
const META_AGENT = /^(ai_agent|meta_business_agent)$/;

/**
 * Who has the conversation now. The roles say it where they name Meta's agent; else a conversation that
 * was passed is passed to us, and one that was taken is taken from us: each is told to that side.
 */
function holderAfter(type: string, change: Json | null): 'us' | 'meta' | null {
  if (type !== 'control_passed' && type !== 'control_taken') return null;
  const isMeta = (owner: string) =>
    ['role', 'app_role'].some((key) => META_AGENT.test(wordAt(change, `${owner}_${key}`) ?? ''));
  if (isMeta('new_owner')) return 'meta';
  if (isMeta('previous_owner')) return 'us';
  return type === 'control_passed' ? 'us' : 'meta';
}
