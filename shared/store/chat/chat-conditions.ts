// What must hold of a chat's row for a write to it. An erased chat leaves a tombstone: a row that says
// only that it was erased, and is never written in again (PROTOCOLS 13). A row whose time is over counts as
// absent, whether or not DynamoDB has removed it (PROTOCOLS 27).

/** The chat is there and was not erased. */
export const IF_EXISTS = 'attribute_exists(#pk) AND attribute_not_exists(#erased_at)';
/** Its time is not over at `:live_at`, which `liveAt` gives. */
export const IF_NOT_EXPIRED = '(attribute_not_exists(#expires_at) OR #expires_at > :live_at)';
/** The chat was neither erased nor forgotten. It may not be there yet: then the write makes it. */
export const IF_NOT_GONE = `attribute_not_exists(#erased_at) AND ${IF_NOT_EXPIRED}`;

/** The value of `IF_NOT_EXPIRED`. `now` in epoch milliseconds. */
export const liveAt = (now: number) => ({ ':live_at': Math.floor(now / 1000) });
