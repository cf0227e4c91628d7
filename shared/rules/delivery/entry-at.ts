import type { Delivery } from '../../contract/delivery.ts';

/**
 * Where a reply stands among what was said: at its acceptance, or at the end of its time in the park. It is
 * the same for every repeat of the reply.
 */
export function entryAt({
  accepted_at,
  index,
  reply_id,
  parts,
}: Pick<Delivery, 'accepted_at' | 'index' | 'reply_id' | 'parts'>): { at: number; id: string } {
  const released = Object.values(parts).map(({ released_at }) => released_at ?? 0);
  const at = Math.max(accepted_at, ...released);
  return { at, id: `${String(index).padStart(3, '0')}#${reply_id}` };
}
