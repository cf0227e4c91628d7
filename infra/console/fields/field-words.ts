import { language } from '../shell/preferences.ts';
import type { Field } from './field-tree.ts';
import { LABELS_EN } from './labels-en.ts';
import { CHOICES_RU } from './words-ru/choices-ru.ts';
import { FIELDS_RU } from './words-ru/fields-ru.ts';

/** What a field is called; in English, unless there is a better name, as in the contract. */
export const labelOf = ({ path }: Field): string =>
  (language.value === 'ru' ? FIELDS_RU[path]?.label : LABELS_EN[path]) ??
  inWords(path.slice(path.lastIndexOf('.') + 1));

/** The sentence about a field. */
export const noteOf = ({ path, note }: Field): string =>
  (language.value === 'ru' && FIELDS_RU[path]?.note) || note;

/** What a value of a choice is called. */
export const choiceLabel = ({ path }: Field, value: string): string =>
  (language.value === 'ru' && CHOICES_RU[`${path}=${value}`]) || inWords(value);

/** What a number counts: its name says so. */
export function unitOf({ path }: Field): 'ms' | 'minutes' | 'hours' | 'days' | null {
  const unit = path.slice(path.lastIndexOf('_') + 1);
  return unit === 'ms' || unit === 'minutes' || unit === 'hours' || unit === 'days' ? unit : null;
}

const ABBREVIATIONS: Record<string, string> = {
  url: 'URL',
  api: 'API',
  arn: 'ARN',
  id: 'ID',
  ttl: 'TTL',
};
const UNITS = /_(ms|minutes|hours|days)$/;

function inWords(name: string): string {
  const words = name
    .replace(UNITS, '')
    .split(/[_-]/)
    .map((word) => ABBREVIATIONS[word] ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
