import * as z from 'zod/mini';

const UNITS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 } as const;
type Unit = keyof typeof UNITS;
const NAMES = Object.keys(UNITS) as Unit[];

const amount = z.optional(z.number().check(z.minimum(0)));

/** A length of time as people write it: `{"hours": 23, "minutes": 59}`. */
export const spanSchema = z.strictObject({
  days: amount,
  hours: amount,
  minutes: amount,
  seconds: amount,
});
export type Span = z.output<typeof spanSchema>;

/** In milliseconds. */
export const lengthOf = (span: Span): number =>
  NAMES.reduce((sum, unit) => sum + (span[unit] ?? 0) * UNITS[unit], 0);

/** In the largest unit of which it is a whole number, else in seconds. */
export function spanOf(ms: number): Span {
  const unit = NAMES.find((one) => ms % UNITS[one] === 0) ?? 'seconds';
  return { [unit]: ms / UNITS[unit] };
}
