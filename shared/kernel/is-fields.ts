/** Whether a value is an object with names, as JSON has them: no list, and not null. */
export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
