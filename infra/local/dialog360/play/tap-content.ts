import type { Finding } from '../../../../shared/kernel/failure.ts';
import type { ChatLine } from '../chat/chat-line.ts';
import { findLine } from './find-line.ts';
import type { Play } from './play-schema.ts';
import { quoting, type Scene, type VisitorMessage } from './visitor-message.ts';

interface Option {
  kind: 'button_reply' | 'list_reply' | 'button';
  id: string;
  label: string;
  description?: string;
}

/** A tap on a button, on a row of a list or on a template's quick reply, of the newest message that has it. */
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
  const played = {
    content: contentOf(option),
    line: { type: option.kind === 'button' ? 'button' : 'interactive', text: option.label },
    words: `tapped “${option.label}”`,
  };
  return quoting(played, line.message_id, account.key);
}

function contentOf({ kind, id, label, description }: Option): VisitorMessage['content'] {
  if (kind === 'button') return { type: 'button', button: { payload: id, text: label } };
  const reply = { id, title: label, ...(description && { description }) };
  return { type: 'interactive', interactive: { type: kind, [kind]: reply } };
}

/** By its id, else by its label in any case. */
function optionOf(line: ChatLine, tap: string): Option | undefined {
  const options = optionsOf(line);
  const wanted = folded(tap);
  return (
    options.find(({ id }) => id === tap) ?? options.find(({ label }) => folded(label) === wanted)
  );
}

const folded = (label: string): string => label.trim().toLowerCase();

const optionsOf = ({ from, buttons = [], list }: ChatLine): Option[] =>
  from !== 'business'
    ? []
    : [
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

const whatThereIs = (newest: ChatLine | undefined): string =>
  newest
    ? `must be the id or the label of a button: ${optionsOf(newest)
        .map(({ label }) => `“${label}”`)
        .join(', ')}`
    : 'must be the id or the label of a button, and no message of this chat has one. A numbered option is answered with "text": "2"';
