import { AsyncLocalStorage } from 'node:async_hooks';
import { Logger } from '@aws-lambda-powertools/logger';
import type { LogItemExtraInput } from '@aws-lambda-powertools/logger/types';
import type { LogFacts } from './log-facts.ts';

/** What the lines of the job in hand have in common. The constructor of a logger appends keys, too. */
const ofJob = new AsyncLocalStorage<LogFacts>();

type LineFacts = LogFacts[] | [Error];

class JobLogger extends Logger {
  /**
   * Does `work`. What it appends stands in its own lines alone, and not in those of a job beside it: a batch
   * is worked on all at once.
   */
  apart<T>(work: () => T): T {
    return ofJob.run({}, work);
  }

  override appendKeys(facts: LogFacts): void {
    const own = ofJob.getStore();
    if (own) Object.assign(own, facts);
    else super.appendKeys(facts);
  }

  override info(name: string, ...facts: LineFacts): void {
    super.info(name, ...withOwn(facts));
  }

  override warn(name: string, ...facts: LineFacts): void {
    super.warn(name, ...withOwn(facts));
  }

  override error(name: string, ...facts: LineFacts): void {
    super.error(name, ...withOwn(facts));
  }
}

/** A line's own facts come last, and so count. */
const withOwn = (facts: LineFacts): LogItemExtraInput => {
  const own = ofJob.getStore();
  return own ? ([own, ...facts] as LogItemExtraInput) : facts;
};

/**
 * One JSON line an event, named in kebab-case: `log.info('turn-answered', { event_id })`.
 * Facts are ids and counts. A token, a phone number or the words of a message are never logged.
 * `trace_id` is the one id from the webhook to the delivery: docs/contract.md#one-id-for-the-whole-way.
 */
export const log = new JobLogger();
