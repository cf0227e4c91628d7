// What must hold of a chat's row for a write to it. An erased chat leaves a tombstone: a row that says
// only that it was erased, and is never written in again (PROTOCOLS 13).

/** The chat is there and was not erased. */
export const IF_EXISTS = 'attribute_exists(#pk) AND attribute_not_exists(#erased_at)';
/** The chat was not erased. It may not be there yet: then the write makes it. */
export const IF_NOT_ERASED = 'attribute_not_exists(#erased_at)';
