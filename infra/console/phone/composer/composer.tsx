import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shell/icon.tsx';
import { say } from '../../words/translate.ts';
import { token } from '../phone-state.ts';
import { play } from '../play.ts';
import { AttachMenu } from './attach-menu.tsx';
import { answering, editing } from './draft.ts';

/** Where the visitor writes. Enter sends, Shift and Enter begin a new line. */
export function Composer() {
  const text = useSignal('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (editing.value) text.value = editing.value.text;
    if (editing.value || answering.value) field.current?.focus();
  }, [editing.value, answering.value]);
  useEffect(() => {
    const area = field.current;
    if (!area) return;
    area.rows = Math.min(5, Math.max(1, text.value.split('\n').length));
  }, [text.value]);

  const forget = () => {
    if (editing.value) text.value = '';
    editing.value = null;
    answering.value = null;
  };
  const send = async () => {
    const words = text.value.trim();
    if (words === '' || token.value === null) return;
    const [edited, quoted] = [editing.value, answering.value];
    text.value = '';
    editing.value = null;
    answering.value = null;
    const went = edited
      ? await play({ edit: { to: edited.message_id, text: words } })
      : await play({ text: words, ...(quoted && { quote: quoted.message_id }) });
    if (!went) text.value = words;
  };
  const about = editing.value ?? answering.value;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {about && (
        <div class="about">
          <div>
            <strong>{say(editing.value ? 'composer.editing' : 'composer.quoting')}</strong>
            <span>{about.text || say('message.other', { type: about.type })}</span>
          </div>
          <button
            type="button"
            class="icon-button"
            aria-label={say('composer.forget')}
            onClick={forget}
          >
            <Icon name="close" size={18} />
          </button>
        </div>
      )}
      <div class="bar">
        <AttachMenu />
        <textarea
          ref={field}
          rows={1}
          value={text.value}
          aria-label={say('composer.text')}
          placeholder={say('composer.text')}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') forget();
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
        <button
          type="submit"
          class="icon-button send"
          aria-label={say('composer.send')}
          disabled={text.value.trim() === '' || token.value === null}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
