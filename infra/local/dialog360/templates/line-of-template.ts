import type { ChatButton, ChatLine } from '../chat/chat-line.ts';
import {
  forButton,
  parametersFor,
  type SentParameter,
  type SentTemplate,
  valuesOf,
} from './sent-template.ts';
import { buttonsOf, componentOf, filled, type Template, type TemplateButton } from './template.ts';

type MediaOf = (media: object) => NonNullable<ChatLine['media']>;

/**
 * What a phone shows of a template: its texts filled and its buttons. Of one that the double does not
 * know, its name and the buttons whose payloads are given.
 */
export function lineOfTemplate(
  sent: SentTemplate,
  template: Template | null,
  mediaOf: MediaOf,
): Partial<ChatLine> {
  const named = { template: { name: sent.name, language: sent.language.code } };
  const [header] = parametersFor(sent, 'header');
  const media = header?.image ?? header?.video ?? header?.document;
  const title = template && componentOf(template, 'HEADER')?.text;
  const shownHeader = media
    ? { media: mediaOf(media) }
    : title && { text: filled(title, valuesOf(parametersFor(sent, 'header'))) };
  const buttons = template
    ? buttonsOf(template).map((button, index) =>
        shownButton(button, forButton(sent, index)?.parameters?.[0]),
      )
    : unknownButtons(sent);
  return {
    ...named,
    ...(template && textsOf(template, sent)),
    ...(shownHeader && { header: shownHeader }),
    ...(buttons.length > 0 && { buttons }),
  };
}

function textsOf(template: Template, sent: SentTemplate): { text: string; footer?: string } {
  const { text = '' } = componentOf(template, 'BODY') ?? {};
  const { text: footer } = componentOf(template, 'FOOTER') ?? {};
  return {
    text: filled(text, valuesOf(parametersFor(sent, 'body'))),
    ...(footer && { footer }),
  };
}

function shownButton(
  { type, text = '', url, phone_number }: TemplateButton,
  given: SentParameter | undefined,
): ChatButton {
  switch (type) {
    case 'QUICK_REPLY':
      return { kind: 'quick-reply', label: text, id: given?.payload ?? text };
    case 'URL':
      return { kind: 'link', label: text, url: filled(url ?? '', { 1: given?.text ?? '' }) };
    case 'PHONE_NUMBER':
      return { kind: 'phone', label: text, ...(phone_number && { phone: phone_number }) };
    case 'COPY_CODE':
      return { kind: 'copy-code', label: text || 'Copy code', code: given?.coupon_code ?? '' };
    default:
      return { kind: 'form', label: text };
  }
}

const unknownButtons = ({ components = [] }: SentTemplate): ChatButton[] =>
  components.flatMap(({ sub_type, parameters }): ChatButton[] => {
    const payload = sub_type === 'quick_reply' ? parameters?.[0]?.payload : undefined;
    return payload ? [{ kind: 'quick-reply', label: payload, id: payload }] : [];
  });
