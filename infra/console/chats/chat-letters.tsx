import type { LetterRecord } from '../../../shared/contract/chat-record.ts';
import { letterPath } from '../dead-letters/letter-path.ts';
import { givenUpWords } from '../dead-letters/letter-words.ts';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';

/** What was given up of a chat, each with the way to redrive it. */
export function ChatLetters({ letters }: { letters: LetterRecord[] }) {
  if (letters.length === 0) return null;
  return (
    <section class="card group" aria-labelledby="chat-letters">
      <h2 id="chat-letters">{say('letters.of-chat')}</h2>
      <ul class="findings">
        {letters.map(({ id, code, reason, at }) => (
          <li key={id} class="finding is-problem">
            <a href={letterPath(id)} onClick={followLink}>
              {givenUpWords(code, code)}
            </a>
            <span class="quiet">
              <time dateTime={at}>{moment(at)}</time> <span lang="en">{reason}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
