import type { ReplyOf } from '../contract/reply.ts';
import { isFields } from '../kernel/is-fields.ts';

/** `{{1}}`, or by name `{{order}}`. */
export const GAP = /\{\{(\w{1,64})\}\}/g;

/** What a text of a template leaves open: positions ("1") or names, each once. */
export const gapsIn = (text = ''): string[] => [
  ...new Set([...text.matchAll(GAP)].map(([, name = '']) => name)),
];

/** What the body of a listed template leaves open; null: the list shows no body. */
export function bodyGaps(components: readonly unknown[] = []): string[] | null {
  const text = bodyIn(components)?.text;
  return typeof text === 'string' ? gapsIn(text) : null;
}

/** What a template that is sent fills of its body: names, else positions. */
export function bodyFilling({
  parameters = [],
  components = [],
}: Pick<ReplyOf<'template'>, 'parameters' | 'components'>): string[] {
  if (!Array.isArray(parameters)) return Object.keys(parameters);
  const own = bodyIn(components)?.parameters;
  const given: unknown[] = parameters.length === 0 && Array.isArray(own) ? own : parameters;
  return given.map((one, index) =>
    isFields(one) && one.parameter_name ? String(one.parameter_name) : String(index + 1),
  );
}

const bodyIn = (components: readonly unknown[]) =>
  components.filter(isFields).find(({ type }) => String(type).toUpperCase() === 'BODY');
