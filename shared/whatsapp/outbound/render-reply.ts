// A reply becomes the exact messages of WhatsApp's API:
// reply → the renderer of its type → addressed parts, the first of them quoting `reply_to`.
import type { ContactCard } from '../../contract/contact-card.ts';
import type { Menu } from '../../contract/menu.ts';
import type { Reply, ReplyOf } from '../../contract/reply.ts';
import { cutLabel, onOneLine } from './cut-label.ts';
import { type Addressing, addressed, noted, plainPart } from './envelope.ts';
import { joined, renderInteractive } from './interactive.ts';
import { BUTTON_LABEL } from './limits.ts';
import { fitsButton, wordsOfAddress } from './links.ts';
import { renderAttachment, renderSticker } from './render-attachment.ts';
import { renderFlow } from './render-flow.ts';
import { renderMenu } from './render-menu.ts';
import { renderRaw } from './render-raw.ts';
import { renderTemplate } from './render-template.ts';
import { renderText } from './render-text.ts';
import type { RenderedPart, Rendering, RenderOptions } from './rendering.ts';

/**
 * Renders one reply. Never throws: what cannot be said is `refused`, with the reason. Lengths and
 * limits are WhatsApp's (`limits.ts`); what had to be changed is noted on the part it happened to.
 */
export function renderReply(reply: Reply, how: RenderOptions): Rendering {
  const { to, dialect } = how;
  if (reply.type === 'pause') return { kind: 'pause', seconds: reply.seconds };
  if (dialect === 'v1' && !to.phone) {
    return unsupported('The on-premise API can only write to a phone number.');
  }
  const rendering = renderByType(reply, how);
  if (rendering.kind !== 'parts' || !reply.reply_to || reply.type === 'reaction') return rendering;
  const [first, ...others] = rendering.parts;
  return first ? { ...rendering, parts: [quoting(first, reply.reply_to), ...others] } : rendering;
}

function renderByType(reply: Exclude<Reply, { type: 'pause' }>, how: RenderOptions): Rendering {
  switch (reply.type) {
    case 'text':
      return asParts(renderText(reply.text, how, reply.preview_url));
    case 'buttons': {
      const { parts, menu } = renderMenu(reply, how);
      return asParts(parts, menu);
    }
    case 'attachment':
      return asParts(renderAttachment(reply, how));
    case 'sticker':
      return asParts(renderSticker(reply, how));
    case 'template': {
      const part = renderTemplate(reply, how);
      return part ? asParts([part]) : invalid('parameters: components fill the body already');
    }
    case 'raw': {
      const part = renderRaw(reply, how);
      return part
        ? asParts([part])
        : invalid('message: must have the type of a message, and a template its name');
    }
    case 'link_button':
      return renderLinkButton(reply, how);
    case 'ask_location':
      return renderQuestion(reply.text, 'location_request_message', 'send_location', how);
    case 'ask_phone':
      return renderQuestion(reply.text, 'request_contact_info', 'request_contact_info', how);
    case 'flow':
      return asParts(renderFlow(reply, how));
    case 'location': {
      const { latitude, longitude, name, address } = reply;
      const location = { latitude, longitude, ...(name && { name }), ...(address && { address }) };
      return asParts([plainPart(addressed(how, { type: 'location', location }))]);
    }
    case 'contacts': {
      const contacts = reply.contacts.map(filledOnly).map(withFirstName);
      return asParts([plainPart(addressed(how, { type: 'contacts', contacts }))]);
    }
    case 'reaction': {
      const reaction = { message_id: reply.to_message_id, emoji: reply.emoji };
      return asParts([plainPart(addressed(how, { type: 'reaction', reaction }))]);
    }
  }
}

function renderLinkButton(
  { text, label, url }: ReplyOf<'link_button'>,
  how: Addressing,
): Rendering {
  const full = onOneLine(label);
  if (!fitsButton(url)) {
    const words = joined(text, `${full}: ${wordsOfAddress(url)}`);
    return asParts(noted(renderText(words, how), 'button-as-text'));
  }
  const shown = cutLabel(full, BUTTON_LABEL);
  if (!shown) return invalid('label: must be text that can be cut to 20 characters');
  const isCut = shown !== full;
  const parts = renderInteractive(
    {
      type: 'cta_url',
      text: isCut ? joined(text, full) : text,
      action: { name: 'cta_url', parameters: { display_text: shown, url } },
    },
    how,
  );
  return asParts(noted(parts, isCut ? 'label-cut' : null));
}

const renderQuestion = (
  text: string,
  type: 'location_request_message' | 'request_contact_info',
  action: string,
  how: Addressing,
): Rendering => asParts(renderInteractive({ type, text, action: { name: action } }, how));

/** The card without lists and objects in which nothing is left. */
const filledOnly = ({ name, ...details }: ContactCard): ContactCard => ({
  name,
  ...Object.fromEntries(
    Object.entries(details)
      .map(([field, value]) => [field, Array.isArray(value) ? value.filter(hasAny) : value])
      .filter(([, value]) => hasAny(value)),
  ),
});
const hasAny = (value: unknown): boolean =>
  typeof value === 'object' ? Object.keys(value ?? {}).length > 0 : value !== undefined;

/** WhatsApp refuses a card whose only name is the formatted one. */
function withFirstName(contact: ContactCard): ContactCard {
  const { formatted_name, ...others } = contact.name;
  const hasMore = Object.values(others).some((name) => name);
  return hasMore ? contact : { ...contact, name: { formatted_name, first_name: formatted_name } };
}

function quoting(part: RenderedPart, messageId: string): RenderedPart {
  const { fallback, body } = part;
  return {
    ...part,
    body: { context: { message_id: messageId }, ...body }, // a raw message's own quote wins
    fallback: fallback && quoting(fallback, messageId),
  };
}

const asParts = (parts: RenderedPart[], menu: Menu | null = null): Rendering => ({
  kind: 'parts',
  parts,
  menu,
});
const invalid = (reason: string): Rendering => ({ kind: 'refused', code: 'reply-invalid', reason });
const unsupported = (reason: string): Rendering => ({
  kind: 'refused',
  code: 'reply-unsupported',
  reason,
});
