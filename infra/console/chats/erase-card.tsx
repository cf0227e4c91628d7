import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { chats } from '../api/chats.ts';
import { personalText } from '../masks/personal.tsx';
import { useAsking } from '../shell/asking.ts';
import { DangerButton } from '../shell/danger-button.tsx';
import { ProblemNote } from '../shell/problem-note.tsx';
import { say } from '../words/translate.ts';
import { chatsPath } from './chat-path.ts';
import { sayErased } from './erased-chat.ts';

interface EraseCardProps {
  channel: Pick<ChannelView, 'id' | 'title'>;
  chat: ChatView;
}

/** Erases the chat, after a question that names it. */
export function EraseCard({ channel, chat }: EraseCardProps) {
  const { busy, problem, ask } = useAsking();
  const erase = () =>
    ask('erase', async (go) => {
      await chats.erase(channel.id, chat.chat_id);
      const page = chatsPath(channel.id);
      go(page, { replace: true });
      sayErased(chat.chat_id, page);
    });
  return (
    <section class="card group" aria-labelledby="erase">
      <h2 id="erase">{say('chat.erase')}</h2>
      <p>{say('chat.erase.text')}</p>
      {problem.value && <ProblemNote problem={problem.value} />}
      <div class="buttons">
        <DangerButton
          action={say('chat.erase')}
          title={say('chat.erase.title', { who: whoIn(chat) })}
          isDisabled={busy.value !== null}
          onGo={() => void erase()}
        >
          <p class="breaks">{say('chat.erase.id', { id: chat.chat_id, channel: channel.title })}</p>
          <p>{say('chat.erase.text')}</p>
        </DangerButton>
      </div>
    </section>
  );
}

/** The visitor in a few words: `Anna (+491700000001)`. */
function whoIn({ name, identity: { phone, bsuid }, chat_id: id }: ChatView): string {
  const number = phone ? `+${phone}` : bsuid;
  const shown = number ? personalText(number) : id.slice(0, 8);
  return name ? `${personalText(name)} (${shown})` : shown;
}
