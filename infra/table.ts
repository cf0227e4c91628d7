/**
 * The one table, as both the stack and the local runtime create it. All keys are strings; only
 * `shared/store/keys.ts` computes them.
 */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** Projects every attribute. */
  index: { name: 'index', partitionKey: 'gsi_pk', sortKey: 'gsi_sk' },
  /** Epoch seconds after which an item counts as absent. */
  ttl: 'expires_at',
} as const;
