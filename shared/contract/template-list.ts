import * as z from 'zod/mini';

/** The approved templates of a channel's number: docs/contract.md#reply-and-template-endpoints. */
export const templateListSchema = z.object({
  templates: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      category: z.optional(z.string()),
      /** As WhatsApp describes them: header, body with its placeholders, buttons. */
      components: z.optional(z.array(z.unknown())),
    }),
  ),
});
export type ApprovedTemplates = z.infer<typeof templateListSchema>;

/** All templates of a number, in the form of 360dialog's `GET /message_templates`. */
export const providerTemplateListSchema = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      language: z.string(),
      status: z.string(),
      category: z.optional(z.string()),
      components: z.optional(z.array(z.unknown())),
    }),
  ),
});
export type ProviderTemplateList = z.infer<typeof providerTemplateListSchema>;
