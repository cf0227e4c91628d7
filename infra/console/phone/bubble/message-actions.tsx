import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';
import { Menu } from '../../shell/menu.tsx';
import { MenuItem } from '../../shell/menu-item.tsx';
import { say } from '../../words/translate.ts';
import { answer, edit } from '../composer/draft.ts';
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
      <MenuItem icon="reply" onClick={act(() => answer(line))}>
        {say('message.quote')}
      </MenuItem>
    </>
  );
}

const Mine = ({ line, act }: { line: ChatLine; act: Act }) => (
  <>
    {line.type === 'text' && (
      <MenuItem icon="edit" onClick={act(() => edit(line))}>
        {say('message.edit')}
      </MenuItem>
    )}
    <MenuItem icon="trash" onClick={act(() => void play({ revoke: { to: line.message_id } }))}>
      {say('message.revoke')}
    </MenuItem>
  </>
);
