/** Work that was given up, kept 14 days so that an operator can see what was lost and why. */
export interface DeadLetter {
  channel_id: string;
  /** Deterministic, so giving up twice is one letter. */
  id: string;
  /** Which queue the job came from. */
  queue: 'inbound' | 'outbound' | 'statuses' | 'news';
  code: string;
  /** One sentence for the operator. */
  reason: string;
  attempts: number;
  /** The job, with people's words in it: shown only to the operator who asks for it. */
  job: unknown;
  /** When the job was first received, epoch milliseconds. */
  at: number;
  /** An operator has begun to redrive it: a random mark (PROTOCOLS 28.1). */
  redrive?: string;
}
