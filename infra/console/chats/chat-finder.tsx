import { useSignal } from '@preact/signals';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { chats } from '../api/chats.ts';
import { useAsking } from '../shell/asking.ts';
import { Icon } from '../shell/icon.tsx';
import { place } from '../shell/place.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { say, type Word } from '../words/translate.ts';
import { readChatKey } from './chat-key.ts';
import { chatPath, replyPath } from './chat-path.ts';
import { PhoneVisitors } from './phone-visitors.tsx';

/** Why nothing was found. */
type Miss = 'unreadable' | 'unknown' | 'no-reply';

const MISSES: Record<string, Miss> = {
  'chat-unknown': 'unknown',
  'reply-unknown': 'no-reply',
  'request-invalid': 'unreadable',
};

/** Finds a chat by phone, BSUID or id, or a reply by its id, and shows it. */
export function ChatFinder({ channel }: { channel: ChannelView }) {
  const typed = useSignal('');
  const miss = useSignal<Miss | null>(null);
  const { busy, problem, ask } = useAsking();
  const find = (text: string) => {
    const key = readChatKey(text);
    miss.value = key ? null : 'unreadable';
    if (!key) return;
    return ask(
      'find',
      async (go) => {
        if ('replyId' in key) {
          await chats.reply(channel.id, key.replyId);
          go(replyPath(channel.id, key.replyId));
        } else {
          const { chat_id: chatId } = await chats.find(channel.id, key.chat);
          go(chatPath(channel.id, chatId));
        }
      },
      ({ code }) => {
        miss.value = MISSES[code] ?? null;
        return miss.value !== null;
      },
    );
  };
  return (
    <>
      <form
        class="finder"
        onSubmit={(event) => {
          event.preventDefault();
          void find(typed.value);
        }}
      >
        <label class="field-name" for="find-chat">
          {say('chats.find.label')}
        </label>
        <div class="finder-row">
          <input
            id="find-chat"
            class="input"
            type="text"
            autocomplete="off"
            spellcheck={false}
            required
            aria-describedby="find-chat-note find-chat-miss"
            aria-invalid={miss.value !== null}
            readOnly={busy.value !== null}
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
              miss.value = null;
            }}
          />
          <button type="submit" class="button primary" disabled={busy.value !== null}>
            <Icon name="search" size={18} />
            {say(busy.value ? 'chats.find.finding' : 'chats.find.go')}
          </button>
        </div>
        <p class="note" id="find-chat-note">
          {say('chats.find.note')}
        </p>
        <div id="find-chat-miss" role="status">
          {miss.value && <MissNote miss={miss.value} channel={channel} />}
        </div>
      </form>
      {place.value.kind === 'local' && (
        <PhoneVisitors
          isBusy={busy.value !== null}
          onChoose={(person) => {
            typed.value = person;
            void find(person);
          }}
        />
      )}
      {problem.value && <ProblemNote problem={problem.value} />}
    </>
  );
}

const MissNote = ({ miss, channel }: { miss: Miss; channel: ChannelView }) => (
  <div class="banner warn">
    <Icon name="warning" />
    <div>
      <p>{say(`chats.find.${miss}` as Word, { channel: channel.title })}</p>
      {miss === 'unknown' && <p class="quiet">{say('chats.find.unknown.text')}</p>}
    </div>
  </div>
);
