import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { admin } from '../api/admin.ts';
import { chats } from '../api/chats.ts';
import { MaskSwitch } from '../masks/mask-switch.tsx';
import { Personal } from '../masks/personal.tsx';
import { BackLink } from '../shell/back-link.tsx';
import { CopyId } from '../shell/copy-id.tsx';
import { GoneCard } from '../shell/gone-card.tsx';
import { useLookAgain } from '../shell/look-again.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { useReading } from '../shell/reading.ts';
import { RefreshButton } from '../shell/refresh-button.tsx';
import { followLink } from '../shell/router.ts';
import { hearClock } from '../time/hear-clock.ts';
import { exactClock } from '../words/times.ts';
import { say } from '../words/translate.ts';
import { ChatBody } from './chat-body.tsx';
import { chatsPath } from './chat-path.ts';
import { joinPages, type KnownChat } from './chat-record.ts';

/** One chat: who it is with, how it stands, and what became of what was said to the visitor. */
export function ChatPage({
  id: channelId = '',
  chat_id: chatId = '',
  event_id: eventId,
}: Record<string, string>) {
  const reading = useReading(() => readChat(channelId, chatId));
  const title = useReading(async () => (await admin.showChannel(channelId)).body.channel.title);
  const known = reading.found.value;
  const loadMore = () =>
    reading.goOn(async (before) =>
      joinPages(before, await chats.show(channelId, chatId, before.next)),
    );
  const takeChange = (chat: ChatView) => {
    const before = reading.found.peek();
    if (before) reading.put({ ...before, chat });
  };
  // Not below older turns that were asked for: they would be gone from the page.
  useLookAgain(() => void (known?.isFirstPage && !reading.isGoingOn.peek() && reading.look()));

  const problem = reading.problem.value ?? title.problem.value;
  const isGone = problem?.code === 'chat-unknown';
  return (
    <div class="page">
      <div class="channel-head">
        <BackLink href={chatsPath(channelId)}>{say('nav.chats')}</BackLink>
        <div class="page-head">
          <h1 class="breaks">{known && !isGone ? <Name known={known} /> : say('reply.chat')}</h1>
          <div class="buttons wraps">
            <MaskSwitch />
            {known && <RefreshButton reading={reading} />}
          </div>
        </div>
        <p class="quiet channel-facts">
          {title.found.value && (
            <a href={`/channels/${channelId}`} onClick={followLink}>
              {title.found.value}
            </a>
          )}
          <CopyId id={chatId} />
          {known && (
            <span>{say('chat.as-of', { time: exactClock(known.readAt).slice(0, 8) })}</span>
          )}
        </p>
      </div>
      {isGone && <GoneCard title="chat.gone" text="chat.gone.text" />}
      {problem && !isGone && <ProblemNote problem={problem} />}
      {!known && !problem && <p class="quiet">{say('page.loading')}</p>}
      {known && !isGone && (
        <ChatBody
          channel={{ id: channelId, title: title.found.value ?? '' }}
          known={known}
          eventId={eventId ?? null}
          isWaiting={reading.isGoingOn.value}
          onMore={loadMore}
          onChange={takeChange}
        />
      )}
    </div>
  );
}

async function readChat(channelId: string, chatId: string): Promise<KnownChat> {
  const [record] = await Promise.all([chats.show(channelId, chatId), hearClock()]);
  return joinPages(null, record);
}

const Name = ({ known: { chat } }: { known: KnownChat }) =>
  chat.name ? <Personal text={chat.name} /> : <span>{say('chat.nameless')}</span>;
