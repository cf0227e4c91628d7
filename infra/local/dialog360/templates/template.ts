import * as z from 'zod/mini';
import { leavingOutEmpty } from '../../../../shared/kernel/leave-out-empty.ts';
import { GAP } from '../../../../shared/whatsapp/template-body.ts';

const upper = z.pipe(
  z.string(),
  z.transform((word) => word.toUpperCase()),
);
const button = z.looseObject({
  type: upper,
  text: z.optional(z.string()),
  url: z.optional(z.string()),
  phone_number: z.optional(z.string()),
});
const component = z.looseObject({
  type: upper,
  /** Of a header: TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION. */
  format: z.optional(upper),
  text: z.optional(z.string()),
  buttons: z.optional(z.array(button)),
});

/** A whole template, as short as one can be. */
export const TEMPLATE_EXAMPLE = {
  name: 'hello',
  language: 'en',
  components: [{ type: 'BODY', text: 'Hello {{1}}' }],
};

/**
 * A message template as 360dialog lists it (docs/360dialog.md#templates), which may write null for what is
 * left empty. What is not read is kept, for the listing.
 */
export const templateSchema = leavingOutEmpty(
  z.looseObject(
    {
      name: z.string().check(z.regex(/^[a-z0-9_]{1,512}$/, 'must be small letters, digits and _')),
      language: z.string().check(z.minLength(1, 'must not be empty')),
      status: z._default(upper, 'APPROVED'),
      category: z._default(upper, 'UTILITY'),
      components: z._default(z.array(component), []),
    },
    { error: `must be an object like ${JSON.stringify(TEMPLATE_EXAMPLE)}` },
  ),
);
export type Template = z.output<typeof templateSchema>;
export type TemplateButton = z.output<typeof button>;

/** The one component of this type, if the template has it. */
export const componentOf = ({ components }: Template, type: string) =>
  components.find((one) => one.type === type);

export const buttonsOf = (template: Template): TemplateButton[] =>
  componentOf(template, 'BUTTONS')?.buttons ?? [];

/** The text with its gaps filled; a gap that nothing fills stays. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(GAP, (gap, name: string) => values[name] ?? gap);
