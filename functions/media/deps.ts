import type { MediaLimits } from '../../shared/dialog360/download-media.ts';
import type { Breaker } from '../../shared/rules/media/media-breaker.ts';
import type { MediaKeys } from '../../shared/secrets/media-keys.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';

/** What the story of a file touches. */
export interface MediaDeps {
  table: Table;
  secrets: Secrets;
  mediaKeys: MediaKeys;
  breaker: Breaker;
  limits: MediaLimits;
  /** Epoch milliseconds. */
  now: () => number;
}
