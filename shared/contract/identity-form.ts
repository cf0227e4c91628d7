// Apart from `identity.ts`: the webhook recognises ids by their form, and need not load zod for that.

/** A phone number as WhatsApp writes it: digits with the country code, no plus. */
export const PHONE = /^\d{5,20}$/;

/** A business-scoped user id, or a parent one: `DE.7340021985561204`, `DE.ENT.…` (docs/360dialog.md#users-without-a-phone-number). */
export const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;
