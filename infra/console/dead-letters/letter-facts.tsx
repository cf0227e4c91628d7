import type { LetterView } from '../../../shared/contract/letter-view.ts';
import { chats } from '../api/chats.ts';
import { chatPath, replyPath } from '../chats/chat-path.ts';
import { useAsking } from '../shell/asking.ts';
import { CopyId } from '../shell/copy-id.tsx';
import { Fact, Facts } from '../shell/facts.tsx';
import { ProblemNote } from '../shell/problem-note.tsx';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { visitorIn } from './visitor-in-job.ts';

/** Where the letter comes from, and the ways to its chat and its reply. */
export const LetterFacts = ({ letter }: { letter: LetterView }) => (
  <section class="card group" aria-labelledby="letter-facts">
    <h2 id="letter-facts">{say('letter.facts')}</h2>
    <Facts>
      <Fact name={say('letter.came-in')}>
        <time dateTime={letter.at}>{moment(letter.at)}</time>
      </Fact>
      <Fact name={say('letter.attempts')}>{say('letter.attempts.n', { n: letter.attempts })}</Fact>
      <Fact name={say('letter.queue')}>
        <code>{letter.queue}</code>
      </Fact>
      <Fact name={say('letters.filter.code')}>
        <code>{letter.code}</code>
      </Fact>
      <Fact name={say('letters.filter.channel')}>
        <a href={`/channels/${letter.channel_id}`} onClick={followLink}>
          {letter.channel_id}
        </a>
      </Fact>
      {letter.event_id && (
        <Fact name={say('letter.event')}>
          <CopyId id={letter.event_id} />
        </Fact>
      )}
      <ChatLink letter={letter} />
      {letter.reply_id && (
        <Fact name={say('reply.title')}>
          <a href={replyPath(letter.channel_id, letter.reply_id)} onClick={followLink}>
            {say('letter.show-reply')}
          </a>
        </Fact>
      )}
    </Facts>
  </section>
);

/** To the chat whose id the letter has, or that of the visitor its job names; nothing where it names neither. */
function ChatLink({ letter }: { letter: LetterView }) {
  const { busy, problem, ask } = useAsking();
  const { channel_id: channelId, chat_id: chatId, event_id: eventId } = letter;
  const name = visitorIn(letter.job);
  if (chatId === null && name === null) return null;
  const find = () =>
    ask('find', async (go) => {
      if (name) go(chatPath(channelId, (await chats.find(channelId, name)).chat_id, eventId));
    });
  return (
    <Fact name={say('reply.chat')}>
      {chatId === null ? (
        <button type="button" class="button small" disabled={busy.value !== null} onClick={find}>
          {say('letter.find-chat')}
        </button>
      ) : (
        <a href={chatPath(channelId, chatId, eventId)} onClick={followLink}>
          {say('letter.find-chat')}
        </a>
      )}
      {problem.value && <ProblemNote problem={problem.value} />}
    </Fact>
  );
}
