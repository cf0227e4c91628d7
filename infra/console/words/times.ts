import { language } from '../shell/preferences.ts';

/** `14:05` */
export const clock = (at: number | string): string =>
  new Date(at).toLocaleTimeString(language.value, { hour: '2-digit', minute: '2-digit' });

/** `14:05:09.120` */
export const exactClock = (at: number | string): string =>
  new Date(at).toLocaleTimeString(language.value, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hour12: false,
  });

/** The day in words: today and yesterday by name. */
export function day(at: number | string, now: number): string {
  const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
  if (days === 0 || days === -1) {
    return new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' }).format(days, 'day');
  }
  return new Date(at).toLocaleDateString(language.value, { day: 'numeric', month: 'long' });
}

const midnight = (at: number | string) => new Date(at).setHours(0, 0, 0, 0);

/** `23 h 59 min`, in the words of the language; below a minute in seconds. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return unit(Math.floor(ms / 1000), 'second');
  if (minutes < 60) return unit(minutes, 'minute');
  const rest = minutes % 60;
  return rest === 0
    ? unit(Math.floor(minutes / 60), 'hour')
    : `${unit(Math.floor(minutes / 60), 'hour')} ${unit(rest, 'minute')}`;
}

/** `120 ms`, `1.4 s` */
export function duration(ms: number): string {
  if (ms < 1000) return unit(Math.round(ms), 'millisecond');
  return ms < 60_000 ? unit(Math.round(ms / 100) / 10, 'second') : span(ms);
}

const unit = (value: number, name: string): string =>
  value.toLocaleString(language.value, { style: 'unit', unit: name, unitDisplay: 'short' });
