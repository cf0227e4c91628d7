import type { Page, Request } from 'playwright-core';

interface Wanted {
  method?: string;
  path: RegExp;
}

interface Held {
  /** Resolves once the first call has come. */
  isHeld: Promise<void>;
  /** Lets go what is held and what comes. Resolves when the page has what was held. */
  release(): Promise<void>;
}

/** Holds calls back, before the server has heard them (`at: 'request'`) or when it has answered them. */
export async function hold(
  page: Page,
  { method = 'GET', path }: Wanted,
  { at = 'answer', most = Infinity }: { at?: 'request' | 'answer'; most?: number } = {},
): Promise<Held> {
  const gate = Promise.withResolvers<void>();
  const came = Promise.withResolvers<void>();
  const held: Request[] = [];
  await page.route(
    (url) => path.test(url.pathname + url.search),
    async (route, request) => {
      if (request.method() !== method || held.length >= most) return route.fallback();
      held.push(request);
      const answer = at === 'answer' ? await route.fetch() : null;
      came.resolve();
      await gate.promise;
      await (answer ? route.fulfill({ response: answer }) : route.fallback());
    },
  );
  return {
    isHeld: came.promise,
    release: async () => {
      gate.resolve();
      for (const request of held) await (await request.response())?.finished();
      // By the time that an answer asked for later is there, the page has seen these.
      await page.evaluate("fetch('/healthz').then((answer) => answer.text())");
    },
  };
}
