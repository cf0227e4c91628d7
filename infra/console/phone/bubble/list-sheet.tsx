import { useSignal } from '@preact/signals';
import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { say } from '../../words/translate.ts';

/** WhatsApp's own list: choose a row, then send it. */
export function ListSheet({
  list,
  onClose,
  onPick,
}: {
  list: NonNullable<ChatLine['list']>;
  onClose: () => void;
  onPick: (id: string) => void;
}) {
  const picked = useSignal('');
  return (
    <Dialog title={list.button} onClose={onClose}>
      <div class="list-rows">
        {list.sections.map(({ title, rows }) => (
          <fieldset key={title ?? ''}>
            <legend class={title ? '' : 'unseen'}>{title ?? list.button}</legend>
            {rows.map((row) => (
              <label key={row.id}>
                <span>
                  <strong>{row.title}</strong>
                  {row.description && <small>{row.description}</small>}
                </span>
                <input
                  type="radio"
                  name="row"
                  onChange={() => {
                    picked.value = row.id;
                  }}
                />
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <footer>
        <button
          type="button"
          class="button primary"
          disabled={picked.value === ''}
          onClick={() => {
            onPick(picked.value);
            onClose();
          }}
        >
          {say('composer.send')}
        </button>
      </footer>
    </Dialog>
  );
}
