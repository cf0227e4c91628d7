import type { FileFortune } from './judge-send.ts';

/** What webhooks are told about a message, and whether with its callback data. */
export interface StatusFortune {
  tell: ('sent' | 'delivered' | 'read')[];
  withCallbackData: boolean;
}

/** What becomes of messages and files where no test wants it otherwise. */
export const defaultStatuses = (): StatusFortune => ({
  tell: ['sent', 'delivered', 'read'],
  withCallbackData: true,
});
export const defaultFiles = (): FileFortune => ({ links: 'taken', uploads: 'taken' });
