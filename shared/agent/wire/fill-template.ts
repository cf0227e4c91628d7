import type { AskedEvent } from './kind.ts';
import { wordsOfTurn } from './words-of-turn.ts';

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
  const inner = text.startsWith('{{') ? text.indexOf('}}') : -1;
  const only = inner === text.length - 2 && inner > 0 ? pathIn(text.slice(2, inner)) : null;
  if (only !== null) return valueAt(event, only) ?? null;
  return replaceNames(text, (path) => inWords(valueAt(event, path)));
}

/** A text with something else in the place of each `{{event.…}}`; other braces stay. */
export function replaceNames(text: string, by: (path: string) => string): string {
  const [before = '', ...parts] = text.split('{{');
  const filled = parts.map((part) => {
    const end = part.indexOf('}}');
    const path = end === -1 ? null : pathIn(part.slice(0, end));
    return path === null ? `{{${part}` : by(path) + part.slice(end + 2);
  });
  return before + filled.join('');
}

const PATH = /^[\w.]+$/;

function pathIn(name: string): string | null {
  const path = name.trim();
  return path.startsWith('event.') && PATH.test(path) ? path.slice('event.'.length) : null;
}

/** The same, for a text that stays one. */
export const fillWords = (text: string, event: AskedEvent): string =>
  inWords(fillText(text, event));

/** What stands at a path in an event. */
export function valueAt(event: AskedEvent, path: string): unknown {
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
