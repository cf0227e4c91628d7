import type { DegradeCode } from '../../contract/delivery.ts';
import type { Menu } from '../../contract/menu.ts';
import type { ReplyOf } from '../../contract/reply.ts';
import { cutLabel, onOneLine } from './cut-label.ts';
import { noted } from './envelope.ts';
import { joined, renderInteractive } from './interactive.ts';
import * as limits from './limits.ts';
import { renderText } from './render-text.ts';
import type { RenderedPart, RenderOptions } from './rendering.ts';

type Buttons = ReplyOf<'buttons'>;
type Option = Menu['options'][number];
interface Rendered {
  parts: RenderedPart[];
  menu: Menu;
}

/** What opens a list, where the agent gives it no name. A sign, because the visitor's language is unknown. */
const MENU_SIGN = '☰';

/**
 * The Button Menu: up to 3 options are buttons, more a numbered list in the text, or WhatsApp's own
 * list where the channel wants it and it can hold them.
 */
export function renderMenu(reply: Buttons, how: RenderOptions): Rendered {
  const options = optionsOf(reply);
  const native =
    options.length <= limits.REPLY_BUTTONS
      ? asButtons(reply, options, how)
      : how.choices === 'list' && options.length <= limits.LIST_ROWS
        ? asList(reply, options, how)
        : { note: null };
  if ('parts' in native) return { parts: native.parts, menu: { options, numbered: false } };
  const parts = noted(asNumbers(reply, options, how), native.note);
  return { parts, menu: { options, numbered: true } };
}

/** The agent's id, else one from the position: the same menu always has the same ids. */
function optionsOf({ buttons }: Buttons): Option[] {
  const given = new Set(buttons.flatMap(({ id }) => id ?? []));
  const derived = (position: number) => {
    let id = `o${position}`;
    while (given.has(id)) id = `${id}_`;
    return id;
  };
  return buttons.map(({ id, label }, index) => ({ id: id ?? derived(index + 1), label }));
}

type Native = { parts: RenderedPart[] } | { note: DegradeCode | null };
const TOO_LONG: Native = { note: 'labels-too-long' };

function asButtons(reply: Buttons, options: Option[], how: RenderOptions): Native {
  const labels = options.map(({ label }) => onOneLine(label));
  const titles = labels.map((label) => cutLabel(label, limits.BUTTON_LABEL));
  if (!areApart(titles)) return TOO_LONG;
  const isCut = labels.some((label, index) => label !== titles[index]);
  const full = labels.join('\n');
  if (isCut && full.length > limits.INTERACTIVE_BODY / 2) return TOO_LONG; // too much to read twice
  const parts = renderInteractive(
    {
      type: 'button',
      text: isCut ? joined(reply.text, full) : reply.text,
      header: reply.header,
      footer: reply.footer,
      action: {
        buttons: options.map(({ id }, index) => ({
          type: 'reply',
          reply: { id, title: titles[index] },
        })),
      },
    },
    how,
  );
  return { parts: noted(parts, isCut ? 'label-cut' : null) };
}

function asList(reply: Buttons, options: Option[], how: RenderOptions): Native {
  const labels = options.map(({ label }) => onOneLine(label));
  const titles = labels.map((label) => cutLabel(label, limits.ROW_TITLE));
  const fits = labels.every((label) => label.length <= limits.ROW_DESCRIPTION);
  if (!fits || !areApart(titles)) return TOO_LONG;
  if (options.some(({ id }) => id.length > limits.ROW_ID)) return { note: null };
  const opener = onOneLine(reply.menu_label ?? MENU_SIGN);
  const button = cutLabel(opener, limits.BUTTON_LABEL) ?? MENU_SIGN;
  const rows = options.map(({ id }, index) => ({
    id,
    title: titles[index],
    ...(labels[index] !== titles[index] && { description: labels[index] }),
  }));
  const { text, header, footer } = reply;
  const parts = renderInteractive(
    { type: 'list', text, header, footer, action: { button, sections: [{ rows }] } },
    how,
  );
  return { parts: noted(parts, button === opener ? null : 'label-cut') };
}

function asNumbers(
  { text, header, footer }: Buttons,
  options: Option[],
  how: RenderOptions,
): RenderedPart[] {
  const lines = options.map(({ label }, index) => `${index + 1}. ${onOneLine(label)}`);
  return renderText(joined(header, text, lines.join('\n'), footer), how);
}

/** Whether every title is there and no two are the same: WhatsApp refuses such a menu. */
const areApart = (titles: (string | null)[]): titles is string[] =>
  titles.every((title) => title !== null) && new Set(titles).size === titles.length;
