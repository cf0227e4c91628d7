import { effect, signal } from '@preact/signals';

export type Language = 'en' | 'ru';
export type Theme = 'light' | 'dark' | 'system';

const LANGUAGE = 'console.language';
const THEME = 'console.theme';

/** What the person has chosen before; else what the browser says. */
const firstLanguage = (): Language => {
  const wanted = localStorage.getItem(LANGUAGE) ?? navigator.language;
  return wanted.startsWith('ru') ? 'ru' : 'en';
};

const firstTheme = (): Theme => {
  const kept = localStorage.getItem(THEME);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

export const language = signal<Language>(firstLanguage());
export const theme = signal<Theme>(firstTheme());

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(darkSystem.matches);

/** Shows language and theme on the page, and keeps them for the next visit. */
export function applyPreferences(): void {
  effect(() => {
    document.documentElement.lang = language.value;
    localStorage.setItem(LANGUAGE, language.value);
  });
  darkSystem.addEventListener('change', ({ matches }) => {
    systemIsDark.value = matches;
  });
  effect(() => {
    const system = systemIsDark.value ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme.value === 'system' ? system : theme.value;
    localStorage.setItem(THEME, theme.value);
  });
}
