// environment → deps → handler
import { MEDIA_BREAKER } from '../../shared/rules/media/media-breaker.ts';
import { openMediaKeys } from '../../shared/secrets/media-keys.ts';
import { openSecrets } from '../../shared/secrets/secrets.ts';
import { openTable } from '../../shared/store/table.ts';
import { mediaHandler } from './handler.ts';

const { TABLE_NAME = '', PARAMETER_PREFIX = '', REACH, MEDIA_BREAKER_MS } = process.env;

/** The files visitors send: docs/contract.md#media. */
export const handler = mediaHandler(
  {
    table: openTable(TABLE_NAME),
    secrets: openSecrets({ prefix: PARAMETER_PREFIX }),
    mediaKeys: openMediaKeys({ prefix: PARAMETER_PREFIX }),
    // MEDIA_BREAKER_MS: for how long the provider's error answers count; by default an hour. The stack
    // leaves it unset, tests make it shorter (infra/local/tuning.ts).
    breaker: MEDIA_BREAKER_MS
      ? { ...MEDIA_BREAKER, windowMs: Number(MEDIA_BREAKER_MS) }
      : MEDIA_BREAKER,
    limits: {
      reach: REACH === 'local' ? 'local' : 'public',
      lookUpMs: 10_000,
      answerMs: 20_000,
      idleMs: 20_000,
    },
    now: () => Date.now(),
  },
  awslambda,
);
