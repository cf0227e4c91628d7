import { type Addressing, addressed, plainPart } from './envelope.ts';
import { TEXT_BODY } from './limits.ts';
import { hasLink } from './links.ts';
import type { RenderedPart } from './rendering.ts';
import { splitText } from './split-text.ts';

/** A text as messages. A preview is shown where there is a link, unless the agent says otherwise. */
export function renderText(text: string, how: Addressing, previewUrl?: boolean): RenderedPart[] {
  const bodies = splitText(text, TEXT_BODY);
  return bodies.map((body, index) => ({
    ...textPart(body, how, previewUrl),
    notes: index === 0 && bodies.length > 1 ? ['text-split'] : [],
  }));
}

/** One message, of a text that is known to fit. */
export function textPart(body: string, how: Addressing, previewUrl = hasLink(body)): RenderedPart {
  return plainPart(
    how.dialect === 'v1'
      ? addressed(how, { type: 'text', preview_url: previewUrl, text: { body } })
      : addressed(how, { type: 'text', text: { body, preview_url: previewUrl } }),
  );
}
