import { signal } from '@preact/signals';
import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';

/** The message that the next text quotes. */
export const answering = signal<ChatLine | null>(null);
/** The own message whose text is being changed. */
export const editing = signal<ChatLine | null>(null);
