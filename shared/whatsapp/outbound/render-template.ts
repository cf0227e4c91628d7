import type { ReplyOf } from '../../contract/reply.ts';
import { type Addressing, addressed, plainPart } from './envelope.ts';
import type { RenderedPart } from './rendering.ts';

type Template = ReplyOf<'template'>;
type Parameters = NonNullable<Template['parameters']>;

/**
 * A template, which may go at any time. `parameters` fill the body, in order or by name; `components`
 * are WhatsApp's own and stay untouched. Null: both want to fill the body.
 */
export function renderTemplate(reply: Template, how: Addressing): RenderedPart | null {
  const values = Object.entries(reply.parameters ?? {});
  const given = reply.components ?? [];
  if (values.length > 0 && given.some(({ type }) => isBody(type))) return null;

  const filled = values.map(([, value]) => folded(value));
  const isFolded = values.some(([, value], index) => value !== filled[index]);
  const parameters = values.map(([name], index) => ({
    type: 'text',
    ...(isNamed(reply.parameters) && { parameter_name: name }),
    text: filled[index],
  }));
  const components = [...given, ...(values.length > 0 ? [{ type: 'body', parameters }] : [])];
  const template = {
    name: reply.name,
    language: { code: reply.language },
    ...(components.length > 0 && { components }),
  };
  return plainPart(addressed(how, { type: 'template', template }), {
    needsWindow: false,
    notes: isFolded ? ['parameter-whitespace'] : [],
  });
}

const isBody = (type: unknown): boolean => String(type).toLowerCase() === 'body';

/** Names that are numbers are positions: `{"1": …}`. WhatsApp's names begin with a letter. */
const isNamed = (parameters: Parameters = []): boolean =>
  !Array.isArray(parameters) && !Object.keys(parameters).every((name) => /^\d+$/.test(name));

/** WhatsApp refuses line breaks, tabs and more than 4 blanks in a row (error 132018). */
const folded = (value: string): string =>
  value.replace(/[\s\u0085]+/g, (blanks) =>
    /[\r\n\t\v\f\u0085\u2028\u2029]| {5}/.test(blanks) ? ' ' : blanks,
  );
