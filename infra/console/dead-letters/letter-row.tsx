import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import { Icon } from '../shell/icon.tsx';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { letterPath } from './letter-path.ts';
import { aboutWords, givenUpWords } from './letter-words.ts';

interface LetterRowProps {
  letter: LetterSummary;
  /** Null: it has none, or the list of channels is not there. */
  channel: ChannelView | null;
}

/** A letter in the list: what it was, why it was given up, and when it came in. */
export const LetterRow = ({ letter, channel }: LetterRowProps) => (
  <li>
    <a class="list-row letter-row" href={letterPath(letter.id)} onClick={followLink}>
      <span class="list-main">
        <strong>{aboutWords(letter.about)}</strong>
        <span class="quiet">
          {channel?.title ?? say('letters.filter.no-channel')} ·{' '}
          <time dateTime={letter.at}>{moment(letter.at)}</time>
        </span>
      </span>
      <span class="list-middle">
        <span>{givenUpWords(letter.code, letter.why)}</span>
        <span class="quiet breaks" lang="en">
          {letter.reason}
        </span>
      </span>
      <code class="chip bad">{letter.code}</code>
      <Icon name="next" size={18} />
    </a>
  </li>
);
