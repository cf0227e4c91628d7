import { type Template, templateSchema } from '../../infra/local/dialog360/templates/template.ts';
import { parse } from '../../shared/kernel/parse.ts';

/** A template that is approved, of these components, without any a text with no gaps. */
export const someTemplate = (
  name: string,
  more: {
    language?: string;
    status?: string;
    parameter_format?: string;
    components?: object[];
  } = {},
): Template =>
  parse(templateSchema, {
    name,
    language: 'en',
    components: [{ type: 'BODY', text: 'Good day.' }],
    ...more,
  });
