import * as z from 'zod/mini';

/** A phone number as WhatsApp writes it: digits with the country code, no plus. */
export const PHONE = /^\d{5,20}$/;

/** A business-scoped user id, or a parent one: `DE.7340021985561204`, `DE.ENT.…` (API reference §2.3). */
export const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/**
 * Who somebody is, as far as one item says it. Since 2026 the phone may be withheld. Of who wrote,
 * called or changed at least one of phone and bsuid is known; of a status's recipient maybe neither.
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
