import { gapsIn } from '../../../../shared/whatsapp/template-body.ts';
import type { Refusal } from '../read-send.ts';
import { forButton, parametersFor, type SentTemplate, valuesOf } from './sent-template.ts';
import { buttonsOf, componentOf, filled, type Template, type TemplateButton } from './template.ts';

/** The template of this name and language, or why WhatsApp refuses the message. */
export function findTemplate(
  templates: readonly Template[],
  { name, language }: SentTemplate,
): { template: Template } | { refusal: Refusal } {
  const found = templates.find((one) => one.name === name && one.language === language.code);
  if (found?.status === 'APPROVED') return { template: found };
  const stopped = STOPPED[found?.status ?? ''];
  if (stopped) return { refusal: { code: stopped, details: `Template (${name}) is stopped` } };
  const details = `template name (${name}) does not exist in ${language.code}${whatThereIs(templates, name)}`;
  return { refusal: { code: 132001, details } };
}

/** Templates that were approved once. */
const STOPPED: Record<string, number> = { PAUSED: 132015, DISABLED: 132016 };

/** What a person would look for next, which WhatsApp does not say. */
function whatThereIs(templates: readonly Template[], name: string): string {
  const namesakes = templates.filter((one) => one.name === name);
  if (namesakes.length > 0) {
    return ` (it does in ${namesakes.map(({ language, status }) => `${language}, ${status}`).join('; ')})`;
  }
  const names = [...new Set(templates.map((one) => one.name))];
  return ` (there are ${names.join(', ') || 'none'})`;
}

const MAX_BODY = 1024;

/** Why WhatsApp refuses to fill this template so; null: it does not (docs/360dialog.md#templates). */
export function judgeTemplate(template: Template, sent: SentTemplate): Refusal | null {
  const header = componentOf(template, 'HEADER');
  const body = componentOf(template, 'BODY');
  const isText = header?.format === undefined || header.format === 'TEXT';
  return (
    (isText
      ? judgeText(template, sent, 'header', header?.text)
      : judgeMedia(sent, header.format)) ??
    judgeText(template, sent, 'body', body?.text) ??
    judgeLength(filled(body?.text ?? '', valuesOf(parametersFor(sent, 'body')))) ??
    judgeButtons(buttonsOf(template), sent)
  );
}

const isNamedFormat = ({ parameter_format }: Template): boolean =>
  String(parameter_format).toUpperCase() === 'NAMED';

function judgeText(
  template: Template,
  sent: SentTemplate,
  where: 'header' | 'body',
  text: string | undefined,
): Refusal | null {
  const wanted = gapsIn(text);
  // A list may come without `parameter_format`, but names are no numbers.
  const isNamed = isNamedFormat(template) || wanted.some((name) => !/^\d+$/.test(name));
  const given = parametersFor(sent, where);
  if (isNamed && given.some(({ parameter_name }) => !parameter_name)) {
    return { code: 100, details: 'Parameter name is missing or empty' };
  }
  if (given.length !== wanted.length) {
    const counts = `number of localizable_params (${given.length}) does not match the expected number of params (${wanted.length})`;
    return { code: 132000, details: `${where}: ${counts}` };
  }
  const values = valuesOf(given);
  const missing = wanted.find((name) => isNamed && values[name] === undefined);
  return missing === undefined
    ? null
    : { code: 132000, details: `${where}: parameter ${missing} is missing` };
}

function judgeMedia(sent: SentTemplate, format = ''): Refusal | null {
  const [parameter] = parametersFor(sent, 'header');
  const given = parameter?.type.toUpperCase() ?? 'UNKNOWN';
  return given === format
    ? null
    : { code: 132012, details: `header: Format mismatch, expected ${format}, received ${given}` };
}

const judgeLength = ({ length }: string): Refusal | null =>
  length > MAX_BODY ? { code: 132005, details: `body: ${length} characters are too many` } : null;

/** WhatsApp's own word for the button a component is sent for. */
const SUB_TYPES: Record<string, string> = {
  QUICK_REPLY: 'quick_reply',
  URL: 'url',
  COPY_CODE: 'copy_code',
  FLOW: 'flow',
  CATALOG: 'catalog',
  MPM: 'mpm',
};

function judgeButtons(buttons: TemplateButton[], sent: SentTemplate): Refusal | null {
  for (const { type, sub_type, index } of sent.components ?? []) {
    if (type !== 'button') continue;
    const button = buttons[Number(index)];
    const kind = button && SUB_TYPES[button.type];
    if (kind !== sub_type) {
      const there = button ? `is of type ${button.type}` : 'does not exist';
      return { code: 132018, details: `buttons: Button at index ${index} ${there}` };
    }
  }
  for (const [index, { type, url }] of buttons.entries()) {
    const [parameter] = forButton(sent, index)?.parameters ?? [];
    const wantsText = type === 'URL' && gapsIn(url).length > 0;
    if ((wantsText && !parameter?.text) || (type === 'COPY_CODE' && !parameter?.coupon_code)) {
      const name = type === 'URL' ? 'Url' : 'CopyCode';
      const details = `buttons: Button at index ${index} of type ${name} requires a parameter`;
      return { code: 131008, details };
    }
  }
  return null;
}
