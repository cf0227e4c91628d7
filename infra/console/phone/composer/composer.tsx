import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shell/icon.tsx';
import { say } from '../../words/translate.ts';
import { channelId, person, token } from '../phone-state.ts';
import { type Deed, play } from '../play.ts';
import { AttachMenu } from './attach-menu.tsx';
import { type Draft, draft, forgetOthers, putBack, takeDraft, type } from './draft.ts';

/** Where the visitor writes. Enter sends, Shift and Enter begin a new line. */
export function Composer() {
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, answering, editing } = draft.value;
  useEffect(() => {
    if (editing || answering) field.current?.focus();
  }, [editing, answering]);
  const canSend = text.trim() !== '' && token.value !== null;
  const send = async () => {
    if (!canSend) return;
    const by = `${channelId.peek()} ${person.peek()}`;
    const taken = takeDraft();
    const went = await play(deedOf(taken));
    // Nobody else is made to say it.
    if (!went && by === `${channelId.peek()} ${person.peek()}`) putBack(taken);
  };
  const about = editing ?? answering;
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
            <strong>{say(editing ? 'composer.editing' : 'composer.quoting')}</strong>
            <span>{about.text || say('message.other', { type: about.type })}</span>
          </div>
          <button
            type="button"
            class="icon-button"
            aria-label={say('composer.forget')}
            onClick={forgetOthers}
          >
            <Icon name="close" size={18} />
          </button>
        </div>
      )}
      <div class="bar">
        <AttachMenu />
        <textarea
          ref={field}
          rows={Math.min(5, text.split('\n').length)}
          value={text}
          aria-label={say('composer.text')}
          placeholder={say('composer.text')}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') forgetOthers();
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
        <button
          type="submit"
          class="icon-button send"
          aria-label={say('composer.send')}
          disabled={!canSend}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

const deedOf = ({ text, answering, editing }: Draft): Deed =>
  editing
    ? { edit: { to: editing.message_id, text: text.trim() } }
    : { text: text.trim(), ...(answering && { quote: answering.message_id }) };
