// An erased chat leaves a stone: its row, without a word, on which nothing is written any more
// (PROTOCOLS 13). Every write to a chat is made on one of these conditions.

/** The chat is there and was not erased. */
export const EXISTS = 'attribute_exists(#pk) AND attribute_not_exists(#erased_at)';
/** The chat was not erased; it may have to be made. */
export const NOT_ERASED = 'attribute_not_exists(#erased_at)';
