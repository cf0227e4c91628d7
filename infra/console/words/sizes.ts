import { language } from '../shell/preferences.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte'] as const;

/** `320 kB` */
export function bytes(size: number): string {
  const step = size < 1000 ? 0 : size < 1_000_000 ? 1 : 2;
  return (size / 1000 ** step).toLocaleString(language.value, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 2 ? 1 : 0,
  });
}
