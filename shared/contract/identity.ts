import * as z from 'zod/mini';

/**
 * Who a visitor is, as far as one item says it. Since 2026 WhatsApp may withhold the phone. Where a
 * visitor wrote, called or changed a number, at least one of phone and bsuid is known; of a status's
 * recipient perhaps neither.
 */
export const identitySchema = z.object({
  phone: z.nullable(z.string()),
  bsuid: z.nullable(z.string()),
  /** `@name`, as WhatsApp writes it. */
  username: z.nullable(z.string()),
  /** The id shared by a group of portfolios; only enrolled businesses see one. */
  parent_bsuid: z.optional(z.string()),
});
export type Identity = z.infer<typeof identitySchema>;
