import type { Finding } from '../../../../shared/kernel/failure.ts';
import type { ChatLine } from '../chat/chat-line.ts';
import { numberedOptions } from '../chat/numbered-options.ts';
import { findLine } from './find-line.ts';
import type { Play } from './play-schema.ts';
import { quoting, type Scene, type VisitorMessage } from './visitor-message.ts';

interface Option {
  kind: 'button_reply' | 'list_reply' | 'button' | 'number';
  id: string;
  label: string;
  description?: string;
}

/**
 * A tap on a button, on a row of a list or on a template's quick reply, of the newest message that has it. An
 * option of a numbered list cannot be tapped: its number is written, in answer to the list.
 */
export function tapContent(
  tap: string,
  { account, person }: Scene,
  { to }: Pick<Play, 'to'>,
): VisitorMessage | Finding {
  const chat = account.chat(person);
  const named = to === undefined ? null : findLine(chat, to, 'business', 'to');
  if (named && 'path' in named) return named;
  const menus = (named ? [named] : chat.toReversed()).filter((line) => optionsOf(line).length > 0);
  const line = menus.find((one) => optionOf(one, tap));
  const option = line && optionOf(line, tap);
  if (!line || !option) return { path: 'tap', detail: whatThereIs(menus[0]) };
  return quoting(chosen(option), line.message_id, account.key);
}

function chosen({ kind, id, label, description }: Option): VisitorMessage {
  if (kind === 'number') {
    return {
      content: { type: 'text', text: { body: id } },
      line: { type: 'text', text: id },
      words: `wrote “${id}” for “${label}”`,
    };
  }
  const words = `tapped “${label}”`;
  if (kind === 'button') {
    const button = { payload: id, text: label };
    return { content: { type: kind, button }, line: { type: kind, text: label }, words };
  }
  const reply = { id, title: label, ...(description && { description }) };
  return {
    content: { type: 'interactive', interactive: { type: kind, [kind]: reply } },
    line: { type: 'interactive', text: label },
    words,
  };
}

/** By its id or number, else by its label in any case. */
function optionOf(line: ChatLine, tap: string): Option | undefined {
  const options = optionsOf(line);
  const wanted = folded(tap);
  return (
    options.find(({ id }) => id === tap) ?? options.find(({ label }) => folded(label) === wanted)
  );
}

const folded = (label: string): string => label.trim().toLowerCase();

const optionsOf = (line: ChatLine): Option[] => {
  const { from, buttons = [], list } = line;
  return from !== 'business'
    ? []
    : [
        ...numberedOptions(line).map(
          ({ number, label }): Option => ({ kind: 'number', id: number, label }),
        ),
        ...buttons.flatMap(({ kind, id, label }): Option[] => {
          if (kind === 'reply') return [{ kind: 'button_reply', id: id ?? '', label }];
          return kind === 'quick-reply' ? [{ kind: 'button', id: id ?? label, label }] : [];
        }),
        ...(list?.sections ?? []).flatMap(({ rows }) =>
          rows.map(
            ({ id, title, description }): Option => ({
              kind: 'list_reply',
              id,
              label: title,
              ...(description && { description }),
            }),
          ),
        ),
      ];
};

const BY_NUMBER = 'A numbered option is answered with "text": "2"';

function whatThereIs(newest: ChatLine | undefined): string {
  const wanted = 'must be the id or the label of a button';
  if (!newest) return `${wanted}, and no message of this chat has one. ${BY_NUMBER}`;
  const options = optionsOf(newest);
  const labels = options.map(({ label }) => `“${label}”`).join(', ');
  return options.some(({ kind }) => kind === 'number')
    ? `${wanted}, or the label of an option: ${labels}. ${BY_NUMBER}`
    : `${wanted}: ${labels}`;
}
