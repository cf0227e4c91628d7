import { isFields } from '../../shared/kernel/is-fields.ts';
import { bodyGaps, gapsIn } from '../../shared/whatsapp/template-body.ts';

/**
 * What has to be given with a template, for its list: how many parameters its body takes, with their names where
 * they have some, and what else is open. The body's go by `parameters`, all others by `components`.
 */
export function templateNeeds(components: readonly unknown[] = []): string {
  const parts = components.filter(isFields);
  const ofType = (type: string) => parts.find((one) => String(one.type).toUpperCase() === type);
  const needs = [
    ...bodyNeed(bodyGaps(components) ?? []),
    ...headerNeed(ofType('HEADER')),
    ...buttonNeeds(ofType('BUTTONS')?.buttons),
  ];
  return needs.join('; ') || 'none';
}

function bodyNeed(gaps: string[]): string[] {
  if (gaps.length === 0) return [];
  const areNamed = gaps.some((gap) => !/^\d+$/.test(gap));
  return [areNamed ? `${gaps.length}: ${gaps.join(', ')}` : String(gaps.length)];
}

function headerNeed({ format = 'TEXT', text }: Record<string, unknown> = {}): string[] {
  const kind = String(format).toLowerCase();
  return kind !== 'text' || isOpen(text) ? [`a header: ${kind}`] : [];
}

const buttonNeeds = (buttons: unknown): string[] =>
  (Array.isArray(buttons) ? buttons : []).filter(isFields).flatMap(({ type, url }, at) => {
    if (String(type).toUpperCase() === 'COPY_CODE') return [`button ${at + 1}: its code`];
    return isOpen(url) ? [`button ${at + 1}: the end of its address`] : [];
  });

const isOpen = (text: unknown): boolean => typeof text === 'string' && gapsIn(text).length > 0;
