/** WhatsApp's words are short: `service`, `utility`, `marketing`, `authentication`, `marketing_lite` … */
const CATEGORY = /^[a-z_]{1,40}$/;

/**
 * The category under which WhatsApp bills a message, as a status says it in `pricing`; null: it costs nothing,
 * or WhatsApp does not say (docs/360dialog.md#statuses).
 */
export function billedAs(pricing: Record<string, unknown> | undefined): string | null {
  if (pricing?.billable !== true) return null;
  const { category } = pricing;
  return typeof category === 'string' && CATEGORY.test(category) ? category : 'other';
}
