import { signal } from '@preact/signals';

/** The path of the page that is shown. */
export const path = signal(location.pathname);

addEventListener('popstate', () => {
  path.value = location.pathname;
});

/** Shows another page of the console without loading it anew. */
export function goTo(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  path.value = location.pathname;
}

/** For `onClick` of a link: a plain click stays in the page, with a modifier key the browser decides. */
export function followLink(event: MouseEvent & { currentTarget: EventTarget | null }): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  goTo(link.pathname + link.search);
}

/**
 * The parameters of a path that has this pattern, decoded; null when it has not. `{name}` stands for
 * one segment.
 */
export function match(pattern: string, actual: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const segments = actual.replace(/(.)\/$/, '$1').split('/');
  if (wanted.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{') && segment) parameters[part.slice(1, -1)] = decoded(segment);
    else if (part !== segment) return null;
  }
  return parameters;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray percent sign
  }
}
