import type { DeadLetter } from '../../contract/dead-letter.ts';
import {
  type InboundJob,
  inboundJobSchema,
  type NewsJob,
  newsJobSchema,
  type OutboundJob,
  outboundJobSchema,
  type StatusJob,
  statusJobSchema,
} from '../../contract/jobs.ts';
import { read } from '../../kernel/parse.ts';

/** A letter's job, as its queue takes it. */
export type LetterJob =
  | { queue: 'inbound'; job: InboundJob }
  | { queue: 'outbound'; job: OutboundJob }
  | { queue: 'statuses'; job: StatusJob }
  | { queue: 'news'; job: NewsJob };

const SCHEMAS = {
  inbound: inboundJobSchema,
  outbound: outboundJobSchema,
  statuses: statusJobSchema,
  news: newsJobSchema,
};

/** Null: this version cannot read it. */
export function letterJob({ queue, job }: Pick<DeadLetter, 'queue' | 'job'>): LetterJob | null {
  const known = read(SCHEMAS[queue], job);
  return known.ok ? ({ queue, job: known.value } as LetterJob) : null;
}
