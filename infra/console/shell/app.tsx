import { useEffect, useRef } from 'preact/hooks';
import { pathParameters } from '../../path-parameters.ts';
import { say } from '../words/translate.ts';
import { Header } from './header.tsx';
import type { NavEntry, Page } from './page.ts';
import { followLink, path } from './router.ts';

/** The whole console: the header, and the page that the address names. */
export function App({ pages, navigation }: { pages: Page[]; navigation: NavEntry[] }) {
  const found = pages.flatMap((page) => {
    const parameters = pathParameters(page.pattern, withoutLastSlash(path.value));
    return parameters ? [{ page, parameters }] : [];
  })[0];
  const main = useRef<HTMLElement>(null);
  const show = found?.page.show;
  const shown = useRef(show);
  useEffect(() => {
    // Who hears the page, or walks it by keyboard, begins where the new page does.
    if (shown.current !== show) main.current?.focus();
    shown.current = show;
  }, [show]);
  return (
    <>
      <a class="skip" href="#content">
        {say('app.skip')}
      </a>
      <Header current={found?.page.nav ?? null} navigation={navigation} />
      <main ref={main} id="content" tabIndex={-1}>
        {found ? <found.page.show key={subjectOf(found)} {...found.parameters} /> : <PageMissing />}
      </main>
    </>
  );
}

/** What was typed, asked or refused about one channel or chat is never shown beside another one. */
const subjectOf = ({ page, parameters }: { page: Page; parameters: Record<string, string> }) =>
  (page.about ?? []).map((name) => parameters[name]).join(' ');

const withoutLastSlash = (address: string) => address.replace(/(.)\/$/, '$1');

const PageMissing = () => (
  <section class="page empty">
    <h1>{say('page.missing')}</h1>
    <a class="button" href="/" onClick={followLink}>
      {say('page.missing.back')}
    </a>
  </section>
);
