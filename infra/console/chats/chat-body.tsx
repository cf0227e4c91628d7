import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { say } from '../words/translate.ts';
import { ChatLetters } from './chat-letters.tsx';
import type { KnownChat } from './chat-record.ts';
import { ChatStateCard } from './chat-state-card.tsx';
import { EraseCard } from './erase-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { IdentityCard } from './identity-card.tsx';
import { TurnCard } from './turn-card.tsx';

interface ChatBodyProps {
  channel: Pick<ChannelView, 'id' | 'title'>;
  known: KnownChat;
  /** The turn that the address names. */
  eventId: string | null;
  /** Older turns are on their way. */
  isWaiting: boolean;
  onMore: () => void;
  onChange: (chat: ChatView) => void;
}

/** What is known of a chat: what happened on one side, and on the other how it stands. */
export const ChatBody = ({ channel, known, eventId, ...more }: ChatBodyProps) => (
  <div class="with-aside chat-body">
    <aside class="aside">
      <ChatStateCard channelId={channel.id} chat={known.chat} onChange={more.onChange} />
      <IdentityCard chat={known.chat} names={known.names} />
      <EraseCard channel={channel} chat={known.chat} />
    </aside>
    <div class="form">
      <ChatLetters letters={known.letters} />
      <h2 class="list-title">{say('turns.title')}</h2>
      {known.turns.length === 0 && (
        <div class="card nothing">
          <h3>{say('turns.none')}</h3>
          <p>{say('turns.none.text')}</p>
        </div>
      )}
      {known.turns.map((turn) => (
        <TurnCard
          key={turn.event_id}
          channelId={channel.id}
          turn={turn}
          isNamed={turn.event_id === eventId}
        />
      ))}
      {known.next && (
        <button type="button" class="button" disabled={more.isWaiting} onClick={more.onMore}>
          {say('turns.more')}
        </button>
      )}
      <HistoryCard said={known.said} />
    </div>
  </div>
);
