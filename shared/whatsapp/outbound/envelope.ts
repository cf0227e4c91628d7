import type { DegradeCode } from '../../contract/delivery.ts';
import type { RenderedPart, RenderOptions } from './rendering.ts';

/** Who gets it, and how it is spelled. */
export type Addressing = Pick<RenderOptions, 'to' | 'dialect'>;

/**
 * The members around a message's content. `to` is `+` and the phone: without the plus WhatsApp may
 * put the business's own country code before it (docs/360dialog.md#sending). A visitor known by phone
 * and BSUID is named by both.
 */
export function addressed(
  { to, dialect }: Addressing,
  message: { type: string } & Record<string, unknown>,
): Record<string, unknown> {
  if (dialect === 'v1') return { recipient_type: 'individual', to: to.phone, ...message };
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(to.phone && { to: `+${to.phone}` }),
    ...(to.bsuid && { recipient: to.bsuid }),
    ...message,
  };
}

/** A part that needed no change and has no fallback. */
export const plainPart = (
  body: Record<string, unknown>,
  more: Partial<RenderedPart> = {},
): RenderedPart => ({ body, needsWindow: true, notes: [], fallback: null, file: null, ...more });

/** Notes on the first part what had to be changed about the reply as a whole. */
export function noted(parts: RenderedPart[], note: DegradeCode | null): RenderedPart[] {
  if (!note) return parts;
  return parts.map((part, index) =>
    index === 0 && !part.notes.includes(note) ? { ...part, notes: [...part.notes, note] } : part,
  );
}
