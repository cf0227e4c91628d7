import type { Page } from 'playwright-core';

interface Preferences {
  language?: 'en' | 'ru';
  theme?: 'light' | 'dark';
}

/** Makes the page what a person with these preferences sees. */
export async function prefer(page: Page, { language = 'en', theme = 'light' }: Preferences) {
  await page.evaluate(
    ([code, look]) => {
      localStorage.setItem('console.language', code);
      localStorage.setItem('console.theme', look);
    },
    [language, theme] as const,
  );
  await page.reload();
}
