import type { MediaLimits } from '../../shared/dialog360/download-media.ts';
import type { Breaker } from '../../shared/rules/media/media-breaker.ts';
import type { Secrets } from '../../shared/secrets/secrets.ts';
import type { Table } from '../../shared/store/table.ts';

/** What fetching a visitor's file touches. */
export interface FileDeps {
  table: Table;
  secrets: Secrets;
  breaker: Breaker;
  limits: MediaLimits;
  /** Epoch milliseconds. */
  now: () => number;
}
