// environment → deps → handler
import { randomBytes } from 'node:crypto';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { channelsHandler } from './handler.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', PUBLIC_URL = '', REACH } = process.env;

/** The admin door: contract.md §4. */
export const handler = channelsHandler({
  table: openTable(TABLE_NAME),
  secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
  publicUrl: PUBLIC_URL.replace(/\/+$/, ''),
  reach: REACH === 'local' ? 'local' : 'public',
  now: Date.now,
  random: randomBytes,
  // 5 s for each of at most three calls in a row; the last second of 15 is for our own work.
  patience: { callMs: 5_000, allMs: 14_000 },
  lambdaLimit: async () => null,
});
