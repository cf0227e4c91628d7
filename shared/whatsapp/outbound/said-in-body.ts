// What a message of ours says, as one text: for a model that has to know what was said.
import { type Json, listAt, numberAt, objectAt, textAt, wordAt } from '../foreign-json.ts';

/** A template as 360dialog lists it. */
export interface ListedTemplate {
  name: string;
  language: string;
  components?: unknown[] | undefined;
}

/**
 * The words of a message that is sent, with the labels of what can be tapped; '' where it has none. A
 * template that is not listed has its name and parameters.
 */
export function saidInBody(body: Json, templates: ListedTemplate[] = []): string {
  const type = wordAt(body, 'type') ?? '';
  const content = objectAt(body, type);
  switch (type) {
    case 'text':
      return textAt(content, 'body') ?? '';
    case 'interactive':
      return content ? saidInInteractive(content) : '';
    case 'template':
      return content ? saidInTemplate(content, templates) : '';
    case 'reaction':
      return textAt(content, 'emoji') ?? '';
    case 'location':
      return saidInPlace(content);
    case 'contacts':
      return listAt(body, 'contacts')
        .map((card) => textAt(objectAt(card, 'name'), 'formatted_name') ?? '')
        .join(', ');
    default:
      return textAt(content, 'caption') ?? textAt(content, 'filename') ?? '';
  }
}

function saidInInteractive(content: Json): string {
  const action = objectAt(content, 'action');
  const parameters = objectAt(action, 'parameters');
  const link = [textAt(parameters, 'display_text'), textAt(parameters, 'url')];
  const labels = [
    ...listAt(action, 'buttons').map((button) => textAt(objectAt(button, 'reply'), 'title')),
    ...listAt(action, 'sections')
      .flatMap((section) => listAt(section, 'rows'))
      .map((row) => textAt(row, 'description') ?? textAt(row, 'title')),
    link.filter(Boolean).join(': '),
    textAt(parameters, 'flow_cta'),
  ];
  return lines(
    textAt(objectAt(content, 'header'), 'text'),
    textAt(objectAt(content, 'body'), 'text'),
    ...labels.map((label) => label && `[${label}]`),
    textAt(objectAt(content, 'footer'), 'text'),
  );
}

function saidInPlace(place: Json | null): string {
  const named = [textAt(place, 'name'), textAt(place, 'address')].filter(Boolean).join(', ');
  return named || [numberAt(place, 'latitude'), numberAt(place, 'longitude')].join(',');
}

function saidInTemplate(template: Json, templates: ListedTemplate[]): string {
  const name = textAt(template, 'name') ?? '';
  const language = textAt(objectAt(template, 'language'), 'code');
  const listed = templates.find((one) => one.name === name && one.language === language);
  const valuesOf = (type: string) => {
    const component = listAt(template, 'components').find((one) => typeOf(one) === type);
    return new Map(
      listAt(component, 'parameters').map((parameter, index) => [
        textAt(parameter, 'parameter_name') ?? String(index + 1),
        textAt(parameter, 'text') ?? '',
      ]),
    );
  };
  const words = (listed?.components ?? [])
    .filter((component) => ['header', 'body', 'footer'].includes(typeOf(component)))
    .map((component) => filled(textAt(component, 'text') ?? '', valuesOf(typeOf(component))));
  const buttons = (listed?.components ?? [])
    .flatMap((component) => listAt(component, 'buttons'))
    .map((button) => textAt(button, 'text'));
  const rendered = lines(...words, ...buttons.map((label) => label && `[${label}]`));
  return rendered || withValues(name, valuesOf('body'));
}

const typeOf = (component: unknown): string => (wordAt(component, 'type') ?? '').toLowerCase();

const filled = (words: string, values: Map<string, string>): string =>
  words.replace(/\{\{(\w{1,64})\}\}/g, (whole, name: string) => values.get(name) ?? whole);

/** `parcel_arrived(4711)`, `parcel_arrived(order: 4711)`. */
function withValues(name: string, values: Map<string, string>): string {
  if (values.size === 0) return name;
  const given = [...values].map(([key, value]) => (/^\d+$/.test(key) ? value : `${key}: ${value}`));
  return `${name}(${given.join(', ')})`;
}

const lines = (...all: (string | undefined)[]): string => all.filter((one) => one).join('\n');
