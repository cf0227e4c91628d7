import { nestsDeeperThan } from '../kernel/nesting.ts';

/** More levels than any WhatsApp message needs (docs/contract.md#replies). */
export const MAX_LEVELS = 60;

export const TOO_DEEP = `must nest at most ${MAX_LEVELS} levels deep`;

/**
 * A reply that is safe to keep: what nests too deep to be written as JSON again stands as a note, which
 * `readReply` refuses.
 */
export const keepableReply = (value: unknown): unknown =>
  nestsDeeperThan(MAX_LEVELS, value) ? { ...ownIdOf(value), left_out: 'too-deep' } : value;

const ownIdOf = (value: unknown) => {
  const { id } = Object(value) as { id?: unknown };
  return typeof id === 'string' ? { id } : {};
};

/** Whether a reply nests too deep, or is the note that stands for such a one. */
export const isTooDeep = (value: unknown): boolean =>
  (Object(value) as { left_out?: unknown }).left_out === 'too-deep' ||
  nestsDeeperThan(MAX_LEVELS, value);
