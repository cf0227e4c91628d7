import { signal } from '@preact/signals';

/** What the console looks at: the runtime of this machine, or a deployed stack. */
export type Place = { kind: 'local' } | { kind: 'stack'; name: string; region: string };

export const place = signal<Place>({ kind: 'local' });
