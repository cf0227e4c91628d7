import { useEffect, useRef } from 'preact/hooks';
import type { TurnRecord } from '../../../shared/contract/chat-record.ts';
import { letterPath } from '../dead-letters/letter-path.ts';
import { givenUpWords } from '../dead-letters/letter-words.ts';
import { CopyId } from '../shell/copy-id.tsx';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { type Ended, readOutcome } from './turn-outcome.ts';
import { TurnReply } from './turn-reply.tsx';

const LOOKS: Partial<Record<Ended['kind'], string>> = {
  answered: 'good',
  told: 'good',
  running: 'warn',
  later: 'info',
  failed: 'bad',
};

interface TurnCardProps {
  channelId: string;
  turn: TurnRecord;
  /** The address of the page names it: it comes into view. */
  isNamed: boolean;
}

/** A turn: how it ended, and what became of each reply. */
export function TurnCard({ channelId, turn, isNamed }: TurnCardProps) {
  const place = useRef<HTMLElement>(null);
  const { event_id: id, begun_at: begunAt, attempts, replies } = turn;
  const ended = readOutcome(turn.outcome);
  useEffect(() => {
    if (isNamed) place.current?.scrollIntoView({ block: 'center' });
  }, [isNamed]);
  const left = replies.filter(({ index }) => !isIn(ended, index));
  return (
    <article ref={place} class={`card turn ${isNamed ? 'is-named' : ''}`} aria-label={id}>
      <header class="turn-head">
        <time dateTime={begunAt}>{moment(begunAt)}</time>
        <span class={`chip ${LOOKS[ended.kind] ?? ''}`}>{endWord(ended, id)}</span>
        {attempts > 1 && <span class="quiet">{say('turn.attempts', { n: attempts })}</span>}
        {ended.dialog !== 'open' && <span class="chip">{say(`turn.dialog.${ended.dialog}`)}</span>}
        <CopyId id={id} />
      </header>
      {ended.code && (
        <p>
          {givenUpWords(ended.code, ended.code)}{' '}
          {ended.letterAt !== null && (
            <a href={letterPath(`${channelId}.${ended.letterAt}.${id}`)} onClick={followLink}>
              {say('turn.letter')}
            </a>
          )}
        </p>
      )}
      {ended.kind === 'answered' && ended.replies.length === 0 && (
        <p class="quiet">{say('turn.no-replies')}</p>
      )}
      <ul class="turn-replies">
        {ended.replies.map((written, index) => (
          <TurnReply
            key={index}
            channelId={channelId}
            written={written}
            reply={replies.find((reply) => reply.index === index) ?? null}
            isFallback={false}
          />
        ))}
        {left.map((reply) => (
          <TurnReply
            key={reply.reply_id}
            channelId={channelId}
            written={undefined}
            reply={reply}
            isFallback={replies.some((one) => one.fallback_reply_id === reply.reply_id)}
          />
        ))}
      </ul>
    </article>
  );
}

/** Whether the words of a reply with this place stand in what the turn holds. */
const isIn = ({ replies }: Ended, index: number | null | undefined): boolean =>
  index !== null && index !== undefined && index < replies.length;

/** What came through an endpoint is kept as a turn that is answered already. */
function endWord({ kind }: Ended, id: string): string {
  if (kind === 'answered' && id.startsWith('req_')) return say('turn.requested');
  return kind === 'other' ? '?' : say(`turn.${kind}`);
}
