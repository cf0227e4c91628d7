import { isFields } from '../../kernel/is-fields.ts';
import { nearest } from '../../kernel/nearest.ts';
import { readJson } from '../../kernel/read-json.ts';
import type { Heard, KindCheck } from './kind.ts';

/** Asks a server of models for their list: is the key taken, and is the channel's model among them? */
export const modelCheck = (
  url: string,
  headers: Record<string, string>,
  model: string,
): KindCheck => ({
  request: { method: 'GET', url, headers },
  read: (heard) => readModels(heard, model),
});

/** What a list of models says of one, in a sentence for the operator. */
export function readModels({ status, body }: Heard, model: string): string {
  const json = status === 200 ? readJson(body.toString('utf8')) : undefined;
  const models = isFields(json) && Array.isArray(json.data) ? json.data : null;
  // Not every server has such a list; what it answers says nothing of the model.
  if (models === null) return `It has no list of models (HTTP ${status}).`;
  const names = models.map((one) => Object(one).id).filter((id) => typeof id === 'string');
  if (names.includes(model)) return `It takes the key and has the model ${model}.`;
  const near = nearest(model, names);
  return `It takes the key. Its list of ${names.length} models does not name ${model}${near ? `; there is ${near}` : ''}.`;
}
