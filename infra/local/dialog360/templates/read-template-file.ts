import { readFileSync } from 'node:fs';
import { Failure } from '../../../../shared/kernel/failure.ts';
import { read } from '../../../../shared/kernel/parse.ts';
import { readJson } from '../../../../shared/kernel/read-json.ts';
import { TEMPLATE_EXAMPLE, type Template, templateSchema } from './template.ts';

/**
 * Reads the templates of the double: what 360dialog answers on `GET /message_templates` (`data`) or on
 * the older path (`waba_templates`), what our own endpoint answers (`templates`), or the list alone.
 * Throws `Failure('unavailable')` with a sentence for people.
 */
export function readTemplateFile(file: string): Template[] {
  const text = textOf(file);
  const json = readJson(text);
  if (json === undefined) throw wrong(file, `is not JSON: ${whereItStops(text)}`);
  const list = listIn(json);
  if (!list) throw wrong(file, 'must be a list of templates, or an object with one in "data"');
  return list.map((entry, index) => {
    const template = read(templateSchema, entry);
    if (template.ok) return template.value;
    const faults = template.errors.map(({ path, detail }) => `${path || 'it'} ${detail}`);
    const { name } = (entry ?? {}) as { name?: string };
    throw wrong(file, `template ${index + 1}${name ? ` (${name})` : ''}: ${faults.join('; ')}`);
  });
}

/** The parser's own words: they quote the file, which is the developer's. */
function whereItStops(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch (error) {
    return (error as Error).message;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw wrong(file, `cannot be read: ${(error as Error).message}`);
  }
}

function listIn(json: unknown): unknown[] | null {
  if (Array.isArray(json)) return json;
  const { data, waba_templates, templates } = (json ?? {}) as Record<string, unknown>;
  return [data, waba_templates, templates].find((list) => Array.isArray(list)) ?? null;
}

const wrong = (file: string, why: string) =>
  new Failure('unavailable', { detail: `The templates in ${file}: ${why}. ${WANTED}` });

const WANTED = `What 360dialog answers on GET /message_templates is wanted, like ${JSON.stringify({ data: [TEMPLATE_EXAMPLE] })}`;
