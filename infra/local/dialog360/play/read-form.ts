import type { HttpAsk } from '../../http/serve.ts';

/** The fields of a form that are numbers in JSON. */
const NUMBERS = new Set(['timestamp', 'hours_ago']);
/** The fields of a form that belong to its file. */
const OF_FILE = new Set(['kind', 'caption', 'mime_type']);

/**
 * A form of `curl -F` as the JSON that says the same: `file`, its `kind`, `caption` and `mime_type`,
 * and the other members that are texts or numbers. Null: the body is no form.
 */
export async function readForm({ headers, body }: HttpAsk): Promise<object | null> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return null;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData());
  const fields: Record<string, unknown> = {};
  const file: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (value instanceof File) {
      const data = Buffer.from(await value.arrayBuffer()).toString('base64');
      Object.assign(file, { data, name: value.name, mime_type: value.type });
    } else if (OF_FILE.has(name)) file[name] = value;
    else fields[name] = NUMBERS.has(name) ? Number(value) : value;
  }
  return Object.keys(file).length > 0 ? { ...fields, file } : fields;
}
