/** A template as a message names it. */
export interface TemplateName {
  name: string;
  language: string;
}

/** Categories that are no marketing (docs/360dialog.md#templates). */
const SERVICES = ['UTILITY', 'AUTHENTICATION'];

/** The template in a message of WhatsApp's; null: it names none. */
export function templateIn(body: Record<string, unknown>): TemplateName | null {
  const { name, language } = Object(body.template) as { name?: unknown; language?: unknown };
  const { code } = Object(language) as { code?: unknown };
  return typeof name === 'string' && typeof code === 'string' ? { name, language: code } : null;
}

/** Whether a template is certainly no marketing. One name may have a category in each language. */
export const isService = (
  template: TemplateName | null,
  listed: (TemplateName & { category?: string | undefined })[],
): boolean =>
  template !== null &&
  listed.some(
    ({ name, language, category }) =>
      name === template.name &&
      language === template.language &&
      SERVICES.includes(category?.toUpperCase() ?? ''),
  );
