import { useSignal } from '@preact/signals';
import type { ChatButton, ChatLine } from '../../../local/dialog360/chat/chat-line.ts';
import { numberedOptions } from '../../../local/dialog360/chat/numbered-options.ts';
import { Icon, type IconName } from '../../shell/icon.tsx';
import { say } from '../../words/translate.ts';
import { visitor } from '../phone-state.ts';
import { play } from '../play.ts';
import { isBsuid } from '../visitors.ts';
import { ListSheet } from './list-sheet.tsx';

/** Under a message: everything a visitor can tap. */
export function MenuButtons({ line }: { line: ChatLine }) {
  const isOpen = useSignal(false);
  const numbers = numberedOptions(line);
  if (!line.buttons?.length && !line.list && numbers.length === 0) return null;
  return (
    <div class="menu-buttons">
      {line.buttons?.map((button) => (
        <Tappable key={`${button.kind} ${button.id ?? button.label}`} button={button} line={line} />
      ))}
      {line.list && (
        <button
          type="button"
          class="tap"
          onClick={() => {
            isOpen.value = true;
          }}
        >
          <Icon name="list" size={18} />
          {line.list.button}
        </button>
      )}
      {line.list && isOpen.value && (
        <ListSheet
          list={line.list}
          onClose={() => {
            isOpen.value = false;
          }}
          onPick={(id) => play({ tap: id, to: line.message_id })}
        />
      )}
      {numbers.length > 0 && (
        <fieldset class="numbers">
          <legend class="unseen">{say('message.numbers')}</legend>
          {numbers.map(({ number }) => (
            <button
              key={number}
              type="button"
              onClick={() => play({ text: number, quote: line.message_id })}
            >
              {number}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

const ICONS: Record<ChatButton['kind'], IconName> = {
  reply: 'reply',
  'quick-reply': 'reply',
  link: 'link',
  phone: 'phone',
  'copy-code': 'copy',
  form: 'list',
  'send-location': 'pin',
  'share-contact': 'person',
};
const HERE = { latitude: 52.5219, longitude: 13.4132, name: 'Alexanderplatz', address: 'Berlin' };

function Tappable({ button, line }: { button: ChatButton; line: ChatLine }) {
  const { kind, label, id, url, phone, code } = button;
  const inside = (
    <>
      <Icon name={ICONS[kind]} size={18} />
      {label}
    </>
  );
  const href = kind === 'link' ? url : kind === 'phone' && phone ? `tel:${phone}` : undefined;
  if (href && /^(https?|tel):/i.test(href)) {
    return (
      <a class="tap" href={href} target="_blank" rel="noreferrer noopener">
        {inside}
      </a>
    );
  }
  return (
    <button type="button" class="tap" onClick={() => tap({ kind, id: id ?? label, code }, line)}>
      {inside}
    </button>
  );
}

function tap(
  { kind, id, code }: { kind: ChatButton['kind']; id: string; code: string | undefined },
  { message_id }: ChatLine,
): void {
  const { person, name } = visitor.value;
  if (kind === 'copy-code') void navigator.clipboard.writeText(code ?? id);
  else if (kind === 'send-location') void play({ location: HERE, quote: message_id });
  else if (kind === 'share-contact') {
    const phones = isBsuid(person) ? [] : [`+${person}`];
    void play({ contacts: [{ name, phones }], quote: message_id });
  } else void play({ tap: id, to: message_id });
}
