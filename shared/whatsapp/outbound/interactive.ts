import { onOneLine } from './cut-label.ts';
import { type Addressing, addressed, noted, plainPart } from './envelope.ts';
import { FOOTER, HEADER, INTERACTIVE_BODY } from './limits.ts';
import { renderText } from './render-text.ts';
import type { RenderedPart } from './rendering.ts';
import { splitText } from './split-text.ts';

/** A message with something to tap. */
export interface Interactive {
  type:
    | 'button'
    | 'list'
    | 'cta_url'
    | 'location_request_message'
    | 'request_contact_info'
    | 'flow';
  text: string;
  header?: string | undefined;
  footer?: string | undefined;
  action: Record<string, unknown>;
}

/**
 * An interactive message. Whatever is too long for its place moves into the body, and a body that is
 * too long goes ahead as text, so that what the visitor taps stays on the last part.
 */
export function renderInteractive(
  { type, text, header, footer, action }: Interactive,
  how: Addressing,
): RenderedPart[] {
  const title = header && onOneLine(header);
  const small = footer && onOneLine(footer);
  const topped = title && title.length > HEADER ? joined(header, text) : text;
  const whole = small && small.length > FOOTER ? joined(topped, footer) : topped;

  const body = splitText(whole, INTERACTIVE_BODY).at(-1) ?? whole;
  const ahead = whole.slice(0, whole.lastIndexOf(body)).trimEnd();
  const isHeader = title && title.length <= HEADER;
  const parts = ahead ? renderText(isHeader ? joined(header, ahead) : ahead, how) : [];
  const last = plainPart(
    addressed(how, {
      type: 'interactive',
      interactive: {
        type,
        // Above the last lines of a long text a heading would stand in the wrong place.
        ...(isHeader && !ahead && { header: { type: 'text', text: title } }),
        body: { text: body },
        ...(small && small.length <= FOOTER && { footer: { text: small } }),
        action,
      },
    }),
  );
  return noted([...parts, last], parts.length > 0 ? 'text-split' : null);
}

/** Paragraphs, one below the other. */
export const joined = (...paragraphs: (string | undefined)[]): string =>
  paragraphs.filter((paragraph) => paragraph).join('\n\n');
