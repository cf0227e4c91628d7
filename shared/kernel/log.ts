import { Logger } from '@aws-lambda-powertools/logger';

/**
 * One JSON line an event, named in kebab-case: `log.info('turn-answered', { event_id })`.
 * Facts are ids and counts. A token, a phone number or the words of a message are never logged.
 */
export const log = new Logger();
