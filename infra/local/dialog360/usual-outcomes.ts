/** Which statuses the double posts about a message, and whether with our callback data. */
export interface StatusOutcome {
  tell: ('sent' | 'delivered' | 'read')[];
  withCallbackData: boolean;
}

/** What the double does with files. */
export interface FileOutcome {
  /** Those sent by link: taken, refused at once with this code, or accepted and failed later. */
  links: 'taken' | 131053 | 131009 | 'failed-later';
  uploads: 'taken' | 'refused';
}

/** What becomes of messages, unless a test wants it otherwise. */
export const usualStatuses = (): StatusOutcome => ({
  tell: ['sent', 'delivered', 'read'],
  withCallbackData: true,
});

/** What becomes of files, unless a test wants it otherwise. */
export const usualFiles = (): FileOutcome => ({ links: 'taken', uploads: 'taken' });
