import type { Part } from '../../../shared/contract/delivery.ts';
import { providerWords } from '../../../shared/dialog360/provider-words.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count } from '../../../shared/kernel/metrics.ts';

/** A message waits on purpose: the operator sees for what, and for how long. */
export function notePutOff({ code, reason }: Pick<Part, 'code' | 'reason'>, waitMs: number): void {
  count('part-put-off');
  const said = reason === null ? null : providerWords({ detail: reason });
  log.info('part-put-off', { code, ...(said && { reason: said }), wait_ms: waitMs });
}
