import type { AskedEvent } from './kind.ts';
import { wordsOfTurn } from './words-of-turn.ts';

const NAME = /\{\{\s{0,5}event\.([\w.]{1,200})\s{0,5}\}\}/g;
const ONLY_A_NAME = /^\{\{\s{0,5}event\.([\w.]{1,200})\s{0,5}\}\}$/;

/**
 * Any JSON with the values of an event in the places of `{{event.…}}`: a text that is only such a name
 * becomes the value with its own type, null where there is none; in a longer text stands what it says. Beside
 * the members of the event there is `event.text`: what the visitor said, never empty.
 */
export function fillTemplate(template: unknown, event: AskedEvent): unknown {
  if (typeof template === 'string') return fillText(template, event);
  if (Array.isArray(template)) return template.map((part) => fillTemplate(part, event));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, part]) => [name, fillTemplate(part, event)]),
  );
}

function fillText(text: string, event: AskedEvent): unknown {
  const only = text.match(ONLY_A_NAME);
  if (only) return valueAt(event, only[1] ?? '') ?? null;
  return text.replace(NAME, (_, path: string) => inWords(valueAt(event, path)));
}

/** The same, for a text that stays one. */
export const fillWords = (text: string, event: AskedEvent): string =>
  inWords(fillText(text, event));

function valueAt(event: AskedEvent, path: string): unknown {
  if (path === 'text') return wordsOfTurn(event);
  return path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
          ? (inner as Record<string, unknown>)[name]
          : undefined,
      event,
    );
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
