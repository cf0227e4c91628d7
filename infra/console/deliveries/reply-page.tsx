import type { ReplyView } from '../../../shared/contract/reply-view.ts';
import { chats } from '../api/chats.ts';
import { chatPath, chatsPath, replyPath } from '../chats/chat-path.ts';
import { MaskSwitch } from '../masks/mask-switch.tsx';
import { BackLink } from '../shell/back-link.tsx';
import { CopyId } from '../shell/copy-id.tsx';
import { Fact, Facts } from '../shell/facts.tsx';
import { GoneCard } from '../shell/gone-card.tsx';
import { useLookAgain } from '../shell/look-again.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { useReading } from '../shell/reading.ts';
import { RefreshButton } from '../shell/refresh-button.tsx';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { BentNotes } from './bent-notes.tsx';
import { PartCard } from './part-card.tsx';

/** What became of one reply, message by message. */
export function ReplyPage({ id: channelId = '', reply_id: replyId = '' }: Record<string, string>) {
  const reading = useReading(() => chats.reply(channelId, replyId));
  useLookAgain(() => void reading.look());
  const found = reading.found.value;
  const problem = reading.problem.value;
  const isGone = problem?.code === 'reply-unknown';
  return (
    <div class="page">
      <div class="channel-head">
        {found ? (
          <BackLink href={chatPath(channelId, found.chat_id)}>{say('reply.chat')}</BackLink>
        ) : (
          <BackLink href={chatsPath(channelId)}>{say('nav.chats')}</BackLink>
        )}
        <div class="page-head">
          <h1>{say('reply.title')}</h1>
          <div class="buttons wraps">
            <MaskSwitch />
            {found && <RefreshButton reading={reading} />}
          </div>
        </div>
        <p class="quiet channel-facts">
          <CopyId id={replyId} />
        </p>
      </div>
      {isGone && <GoneCard title="reply.gone" text="reply.gone.text" />}
      {problem && !isGone && <ProblemNote problem={problem} />}
      {!found && !problem && <p class="quiet">{say('page.loading')}</p>}
      {found && !isGone && (
        <div class="with-aside">
          <div class="form">
            <h2 class="list-title">{say('reply.parts', { n: found.parts.length })}</h2>
            {found.parts.length === 0 && (
              <div class="card nothing">
                <h3>{say('reply.none')}</h3>
                <p>{say('reply.none.text')}</p>
              </div>
            )}
            {found.parts.map((part, at) => (
              <PartCard key={at} part={part} place={at + 1} />
            ))}
          </div>
          <aside class="aside">
            <ReplyFacts channelId={channelId} reply={found} />
          </aside>
        </div>
      )}
    </div>
  );
}

const ReplyFacts = ({ channelId, reply }: { channelId: string; reply: ReplyView }) => (
  <section class="card group" aria-labelledby="reply-facts">
    <h2 id="reply-facts">{say('reply.facts')}</h2>
    <Facts>
      <Fact name={say('reply.accepted')}>{moment(reply.accepted_at)}</Fact>
      {reply.id !== null && (
        <Fact name={say('reply.own-id')}>
          <CopyId id={reply.id} />
        </Fact>
      )}
      <Fact name={say('reply.turn')}>
        <a href={chatPath(channelId, reply.chat_id, reply.trace_id)} onClick={followLink}>
          {say('reply.turn.show')}
        </a>
      </Fact>
      <Fact name={say('reply.trace')}>
        <CopyId id={reply.trace_id} />
      </Fact>
      {reply.fallback_reply_id && (
        <Fact name={say('reply.fallback-for')}>
          <a href={replyPath(channelId, reply.fallback_reply_id)} onClick={followLink}>
            {say('reply.show')}
          </a>
        </Fact>
      )}
    </Facts>
    <BentNotes notes={reply.notes} />
  </section>
);
