/** So many of the newest are looked at afterwards; a runtime that runs for days must not grow by them. */
export const MOST_RECORDED = 20_000;

/** Adds to what tests look at afterwards. Of more than can be wanted the oldest goes. */
export function record<Item>(items: Item[], item: Item): void {
  items.push(item);
  if (items.length > MOST_RECORDED) items.splice(0, items.length - MOST_RECORDED);
}
