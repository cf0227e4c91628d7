import type { CallLimits } from './call.ts';
import { call } from './call.ts';
import { type Account, messagesPath } from './hosts.ts';

/**
 * Marks a visitor's message as read, and with `typing` shows that an answer is being written: for
 * 25 s, or until it comes (docs/360dialog.md#read-receipts-and-typing). Never throws, and does not say
 * how it went: nothing depends on it.
 */
export async function showPresence(
  account: Account,
  { messageId, typing }: { messageId: string; typing: boolean },
  limits: CallLimits,
): Promise<void> {
  const request =
    account.hosting === 'on-premise'
      ? {
          method: 'PUT' as const,
          path: `/v1/messages/${encodeURIComponent(messageId)}`,
          json: { status: 'read' },
        }
      : {
          method: 'POST' as const,
          path: messagesPath(account.hosting),
          json: {
            messaging_product: 'whatsapp',
            status: 'read',
            message_id: messageId,
            ...(typing && { typing_indicator: { type: 'text' } }),
          },
        };
  await call(account, request, limits);
}
