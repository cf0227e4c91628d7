import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';
import { Icon } from '../../shell/icon.tsx';
import { Menu } from '../../shell/menu.tsx';
import { say } from '../../words/translate.ts';
import { answering, editing } from '../composer/draft.ts';
import { play } from '../play.ts';

const EMOJIS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** The small menu of a message: react, quote, edit, revoke. */
export const MessageActions = ({ line }: { line: ChatLine }) => (
  <Menu icon="more" name={say('message.actions')} place="below">
    {(act) =>
      line.from === 'business' ? <Theirs line={line} act={act} /> : <Mine line={line} act={act} />
    }
  </Menu>
);

type Act = (work: () => void) => () => void;

function Theirs({ line, act }: { line: ChatLine; act: Act }) {
  const mine = line.reactions.find(({ from }) => from === 'user')?.emoji;
  const react = (emoji: string) =>
    play({ reaction: { to: line.message_id, emoji: emoji === mine ? null : emoji } });
  return (
    <>
      <div class="emojis" role="none">
        {EMOJIS.map((emoji) => (
          <button
            key={emoji}
            type="button"
            role="menuitem"
            class={emoji === mine ? 'on' : ''}
            aria-label={say('message.react', { emoji })}
            onClick={act(() => void react(emoji))}
          >
            {emoji}
          </button>
        ))}
      </div>
      <button
        type="button"
        role="menuitem"
        onClick={act(() => {
          answering.value = line;
        })}
      >
        <Icon name="reply" size={18} />
        {say('message.quote')}
      </button>
    </>
  );
}

const Mine = ({ line, act }: { line: ChatLine; act: Act }) => (
  <>
    {line.type === 'text' && (
      <button
        type="button"
        role="menuitem"
        onClick={act(() => {
          editing.value = line;
        })}
      >
        <Icon name="edit" size={18} />
        {say('message.edit')}
      </button>
    )}
    <button
      type="button"
      role="menuitem"
      onClick={act(() => void play({ revoke: { to: line.message_id } }))}
    >
      <Icon name="trash" size={18} />
      {say('message.revoke')}
    </button>
  </>
);
