import type { ReplyView } from '../../../shared/contract/reply-view.ts';
import { BentNotes } from '../deliveries/bent-notes.tsx';
import { PartLine } from '../deliveries/part-line.tsx';
import { SaidWords } from '../masks/said-words.tsx';
import { followLink } from '../shell/router.ts';
import { say } from '../words/translate.ts';
import { replyPath } from './chat-path.ts';
import { replyWords } from './reply-words.ts';

interface TurnReplyProps {
  channelId: string;
  /** What was written; undefined: it is not kept any more. */
  written: unknown;
  /** What became of it; null: the sender has not looked at it yet. */
  reply: ReplyView | null;
  isFallback: boolean;
}

/** One reply of a turn: its words, and what became of each of its messages. */
export const TurnReply = ({ channelId, written, reply, isFallback }: TurnReplyProps) => (
  <li class="turn-reply">
    <p class="words">
      {written !== undefined ? (
        <SaidWords text={replyWords(written)} />
      ) : (
        <span class="quiet">{say(isFallback ? 'reply.fallback' : 'reply.words-gone')}</span>
      )}
    </p>
    <ul class="part-lines">
      {reply?.parts.map((part, at) => (
        <PartLine key={at} part={part} />
      ))}
      {(reply === null || reply.parts.length === 0) && !isPause(written) && (
        <li class="part-line">
          <span class="chip">{say('reply.queued')}</span>
        </li>
      )}
    </ul>
    {reply && <BentNotes notes={reply.notes} />}
    {reply && (
      <a class="more" href={replyPath(channelId, reply.reply_id)} onClick={followLink}>
        {say('reply.show')}
      </a>
    )}
  </li>
);

/** It is no message, so nothing becomes of it. */
const isPause = (written: unknown): boolean =>
  (Object(written) as { type?: unknown }).type === 'pause';
