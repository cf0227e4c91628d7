type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const own = (value: unknown, key: string) =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
const list = (value: unknown, key: string): unknown[] =>
  [own(value, key) ?? []].flat(1) as unknown[];

/**
 * What two entries of a list have in common when they are the same item. Null: they are never the
 * same.
 */
type Sameness = (raw: unknown) => string | null;

const idOf = (raw: unknown): string | null => {
  const id = own(raw, 'id');
  if (Number.isSafeInteger(id)) return `${id}`;
  return typeof id === 'string' && id.trim() && id.length <= 512 ? id : null;
};
const stringAt = (raw: unknown, key: string) => {
  const value = own(raw, key);
  return typeof value === 'string' ? value : '';
};

const LISTS: Record<string, Record<string, Sameness>> = {
  messages: {
    messages: idOf,
    statuses: (raw) => {
      const [id, status] = [idOf(raw), stringAt(raw, 'status')];
      const type = stringAt(raw, 'type') || 'message';
      const transaction = own(own(raw, 'payment'), 'transaction');
      const about = type === 'payment' ? idOf(transaction) : null;
      return id && status ? JSON.stringify([id, status, type, about]) : null;
    },
    errors: () => null,
  },
  smb_message_echoes: { message_echoes: idOf },
  calls: { calls: (raw) => idOf(raw) && JSON.stringify([idOf(raw), stringAt(raw, 'event')]) },
  // They have no ids of their own: a repeat is handled again, which changes nothing.
  user_preferences: { user_preferences: () => null },
  user_id_update: { user_id_update: () => null },
};

/** Of the rest of the copy of a conversation nothing is kept, so a repeat is counted again. */
const STANDBY: Record<string, Sameness> = {
  messages: idOf,
  message_echoes: () => null,
  statuses: () => null,
  errors: () => null,
};

/**
 * How many items a body holds, counted on its raw lists alone: events, statuses and unread items
 * together must be as many. A change or entry without a list we know counts as one.
 */
export function countRawItems(body: unknown): number {
  const seen = new Set<string>();
  const countLists = (value: unknown, lists: Record<string, Sameness>): number | null => {
    const entries = Object.entries(lists).flatMap(([key, sameness]) =>
      list(value, key).map((raw) => {
        const same = sameness(raw);
        return same === null ? null : `${key} ${same}`;
      }),
    );
    const fresh = entries.filter((key) => key === null || (!seen.has(key) && seen.add(key)));
    return entries.length > 0 ? fresh.length : null;
  };
  const countChange = (change: unknown): number => {
    const value = own(change, 'value');
    if (stringAt(change, 'field') === 'standby' && isObject(value)) {
      const copies = list(value, 'standby');
      const counts = (copies.length > 0 ? copies : [value]).map((copy) =>
        countLists(copy, STANDBY),
      );
      return counts.every((one) => one === null)
        ? 1
        : counts.reduce<number>((sum, n) => sum + (n ?? 0), 0);
    }
    const lists = LISTS[stringAt(change, 'field') || 'messages'];
    return isObject(value) && lists ? (countLists(value, lists) ?? 1) : 1;
  };

  const entries = list(body, 'entry').map((entry) => {
    const changes = list(entry, 'changes');
    return changes.length > 0 ? changes.map(countChange).reduce((sum, n) => sum + n, 0) : 1;
  });
  const flat = countLists(body, LISTS.messages ?? {});
  const total = entries.reduce((sum, n) => sum + n, flat ?? 0);
  return entries.length > 0 || flat !== null ? total : 1;
}
