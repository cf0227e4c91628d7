import type { ChatRecord } from '../../../shared/contract/chat-record.ts';
import { SaidWords } from '../masks/said-words.tsx';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';

/** What was said, where the channel keeps it for its agent. */
export function HistoryCard({ said }: { said: ChatRecord['history'] }) {
  if (said.length === 0) return null;
  return (
    <section class="card group" aria-labelledby="said">
      <h2 id="said">{say('said.title')}</h2>
      <p class="note">{say('said.note')}</p>
      <ol class="said-list">
        {said.map(({ from, at, text }) => (
          <li key={`${at} ${from} ${text}`} class={`is-${from}`}>
            <p class="quiet">
              <strong>{say(`said.${from}`)}</strong> <time dateTime={at}>{moment(at)}</time>
            </p>
            <p class="words">
              <SaidWords text={text} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
