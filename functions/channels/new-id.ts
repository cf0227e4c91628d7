import type { ChannelsDeps } from './deps.ts';

/** The name of one write, one event or one call: no two are alike. */
export const newId = (prefix: string, { random }: Pick<ChannelsDeps, 'random'>): string =>
  `${prefix}_${random(16).toString('hex')}`;
