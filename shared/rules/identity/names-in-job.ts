import { BSUID } from '../../contract/identity-form.ts';
import { nameInChannelChatId } from './channel-chat-id.ts';
import { readPhone } from './phone-number.ts';

/** A name by which erasing a chat finds what is about its visitor: `phone:…`, `bsuid:…`, `chat:…`. */
export type PersonName = `${'phone' | 'bsuid' | 'chat'}:${string}`;

/** More names than this are in no job but one that was made to hold them. */
const MOST_NAMES = 200;
/** The longest name: the `channel_chat_id` of a BSUID. */
const LONGEST = 160;
const CHAT_ID = /^[0-9a-f]{40}$/;

/** Where the jobs we know say whom they are about. */
const IDENTITIES = [
  ['item', 'message', 'from'],
  ['item', 'message', 'to'],
  ['item', 'change', 'old'],
  ['item', 'change', 'new'],
  ['item', 'change', 'visitor'],
  ['item', 'preference', 'from'],
  ['item', 'call', 'from'],
  ['status', 'recipient'],
];
const CHAT_IDS = [['chat_id'], ['item', 'request', 'chat_id'], ['item', 'notification', 'chat_id']];

/**
 * Whom a job is about. A job that says so nowhere we know, as one of an item that could not be read, is about
 * everyone whose name stands anywhere in it as a text or number of its own: rather one letter too many is
 * erased than one too few.
 */
export function namesInJob(job: unknown): PersonName[] {
  const known = [
    ...CHAT_IDS.flatMap((path) => nameIn(at(job, path))),
    ...IDENTITIES.flatMap((path) => Object.values(asObject(at(job, path))).flatMap(nameIn)),
  ];
  return [...new Set(known.length > 0 ? known : namesAnywhere(job))];
}

/** Breadth first, so that a cut leaves out what lies deepest. Without recursion: a job may be deep. */
function namesAnywhere(job: unknown): PersonName[] {
  const names = new Set<PersonName>();
  let level: unknown[] = [job];
  while (level.length > 0 && names.size < MOST_NAMES) {
    for (const value of level) for (const name of nameIn(value)) names.add(name);
    level = level.flatMap((value) => [
      ...(Array.isArray(value) ? [] : Object.keys(asObject(value))),
      ...Object.values(asObject(value)),
    ]);
  }
  return [...names].slice(0, MOST_NAMES);
}

function nameIn(value: unknown): PersonName[] {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > LONGEST) return [];
  if (CHAT_ID.test(text)) return [`chat:${text}`];
  if (BSUID.test(text)) return [`bsuid:${text}`];
  const former = nameInChannelChatId(text);
  if (former) return [`${former.kind}:${former.value}`];
  const phone = readPhone(text);
  return phone === null ? [] : [`phone:${phone}`];
}

const at = (value: unknown, path: string[]): unknown =>
  path.reduce((inside, key) => asObject(inside)[key], value);

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
