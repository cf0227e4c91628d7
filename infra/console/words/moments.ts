import { language } from '../shell/preferences.ts';

/** `30 November 2026, 14:05` */
export const moment = (at: string | number): string =>
  new Date(at).toLocaleString(language.value, { dateStyle: 'medium', timeStyle: 'short' });
