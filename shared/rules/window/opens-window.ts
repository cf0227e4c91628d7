import type { Content } from '../../contract/message.ts';

/**
 * What a visitor does without saying anything new. The list names what does not open the window, so
 * that a kind WhatsApp invents tomorrow does. System messages, statuses and group messages do not open
 * it either; they never become a `Content`.
 */
const SILENT: ReadonlySet<Content['kind'] | 'call'> = new Set(['edit', 'revoke']);

/**
 * Whether a message of this kind, or a call the visitor starts, opens WhatsApp's service window
 * (docs/360dialog.md#the-service-window).
 */
export const opensWindow = (kind: Content['kind'] | 'call'): boolean => !SILENT.has(kind);
