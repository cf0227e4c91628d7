import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { admin } from '../api/admin.ts';
import { chats } from '../api/chats.ts';
import { MaskSwitch } from '../masks/mask-switch.tsx';
import { Personal } from '../masks/personal.tsx';
import { useAsking } from '../shell/asking.ts';
import { BackLink } from '../shell/back-link.tsx';
import { CopyId } from '../shell/copy-id.tsx';
import { Icon } from '../shell/icon.tsx';
import { useLookAgain } from '../shell/look-again.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { followLink } from '../shell/router.ts';
import { hearClock } from '../time/hear-clock.ts';
import { exactClock } from '../words/times.ts';
import { say } from '../words/translate.ts';
import { ChatLetters } from './chat-letters.tsx';
import { chatsPath } from './chat-path.ts';
import { joinPages, type KnownChat } from './chat-record.ts';
import { ChatStateCard } from './chat-state-card.tsx';
import { EraseCard } from './erase-card.tsx';
import { HistoryCard } from './history-card.tsx';
import { IdentityCard } from './identity-card.tsx';
import { TurnCard } from './turn-card.tsx';

/** One chat: who it is with, how it stands, and what became of what was said to the visitor. */
export function ChatPage({
  id: channelId = '',
  chat_id: chatId = '',
  event_id: eventId,
}: Record<string, string>) {
  const known = useSignal<KnownChat | null>(null);
  const title = useSignal('');
  const { busy, problem, ask } = useAsking();
  const load = () =>
    ask('load', async () => {
      const [record] = await Promise.all([chats.show(channelId, chatId), hearClock()]);
      known.value = joinPages(null, record);
    });
  const loadMore = () =>
    ask('more', async () => {
      const before = known.peek();
      if (!before) return;
      known.value = joinPages(before, await chats.show(channelId, chatId, before.next));
    });
  useEffect(() => {
    known.value = null;
    void ask('first', async () => {
      const [record, { body }] = await Promise.all([
        chats.show(channelId, chatId),
        admin.showChannel(channelId),
        hearClock(),
      ]);
      title.value = body.channel.title;
      known.value = joinPages(null, record);
    });
  }, [channelId, chatId]);
  // Not below older turns that were asked for: they would be gone from the page.
  useLookAgain(() => void (known.peek()?.isFirstPage && load()));

  const record = known.value;
  return (
    <div class="page">
      <div class="channel-head">
        <BackLink href={chatsPath(channelId)}>{say('nav.chats')}</BackLink>
        <div class="page-head">
          <h1 class="breaks">
            {record ? (
              record.chat.name ? (
                <Personal text={record.chat.name} />
              ) : (
                say('chat.nameless')
              )
            ) : (
              say('reply.chat')
            )}
          </h1>
          <div class="buttons wraps">
            <MaskSwitch />
            {record && (
              <button
                type="button"
                class="button small"
                disabled={busy.value !== null}
                onClick={load}
              >
                <Icon name="refresh" size={16} /> {say('chat.refresh')}
              </button>
            )}
          </div>
        </div>
        <p class="quiet channel-facts">
          {title.value && (
            <a href={`/channels/${channelId}`} onClick={followLink}>
              {title.value}
            </a>
          )}
          <CopyId id={chatId} />
          {record && (
            <span>{say('chat.as-of', { time: exactClock(record.readAt).slice(0, 8) })}</span>
          )}
        </p>
      </div>
      {problem.value && <ProblemNote problem={problem.value} />}
      {!record && !problem.value && <p class="quiet">{say('page.loading')}</p>}
      {record && (
        <div class="with-aside chat-body">
          <aside class="aside">
            <ChatStateCard
              channelId={channelId}
              chat={record.chat}
              onChange={(chat) => {
                known.value = { ...record, chat };
              }}
            />
            <IdentityCard chat={record.chat} names={record.names} />
            <EraseCard channel={{ id: channelId, title: title.value }} chat={record.chat} />
          </aside>
          <div class="form">
            <ChatLetters letters={record.letters} />
            <h2 class="list-title">{say('turns.title')}</h2>
            {record.turns.length === 0 && (
              <div class="card nothing">
                <h3>{say('turns.none')}</h3>
                <p>{say('turns.none.text')}</p>
              </div>
            )}
            {record.turns.map((turn) => (
              <TurnCard
                key={turn.event_id}
                channelId={channelId}
                turn={turn}
                isNamed={turn.event_id === eventId}
              />
            ))}
            {record.next && (
              <button
                type="button"
                class="button"
                disabled={busy.value !== null}
                onClick={loadMore}
              >
                {say('turns.more')}
              </button>
            )}
            <HistoryCard said={record.said} />
          </div>
        </div>
      )}
    </div>
  );
}
