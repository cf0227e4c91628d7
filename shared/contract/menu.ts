import * as z from 'zod/mini';

/**
 * A Button Menu as it was shown, kept so that the visitor's answer can be told from plain text.
 * Options carry the full labels, also where WhatsApp showed cut ones.
 */
export const menuSchema = z.object({
  options: z.array(z.object({ id: z.string(), label: z.string() })),
  /** Whether the visitor saw `1. …`: only then a number is an answer. */
  numbered: z.boolean(),
});
export type Menu = z.infer<typeof menuSchema>;
