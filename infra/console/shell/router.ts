import { batch, signal } from '@preact/signals';

/** The path of the page that is shown. */
export const path = signal(location.pathname);
/** What follows the path, with its question mark; '' where nothing does. */
export const query = signal(location.search);

addEventListener('popstate', readAddress);

/** Shows another page of the console without loading it anew. */
export function goTo(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  readAddress();
}

/** For what is answered later: shows another page then, unless the person has gone to one meanwhile. */
export function goingFromHere(): typeof goTo {
  const here = path.peek();
  return (to, options) => {
    if (path.peek() === here) goTo(to, options);
  };
}

function readAddress(): void {
  batch(() => {
    path.value = location.pathname;
    query.value = location.search;
  });
}

/** For `onClick` of a link: a plain click stays in the page, with a modifier key the browser decides. */
export function followLink(event: MouseEvent & { currentTarget: EventTarget | null }): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  goTo(link.pathname + link.search);
}
