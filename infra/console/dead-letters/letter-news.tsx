import { unreachableWords } from '../shell/problem-note.tsx';
import { say } from '../words/translate.ts';
import { news } from './letter-news-state.ts';

/** What became of the letters that were redriven or dropped last. */
export function LetterNews() {
  const said = news.value;
  return (
    <div role="status">
      {said && (
        <div class={`banner ${said.refused.length > 0 || said.stopped ? 'warn' : 'good'}`}>
          <div>
            <p>
              {say(said.what === 'redrive' ? 'letters.redriven' : 'letters.dropped', {
                n: said.done,
              })}
            </p>
            {said.refused.length > 0 && (
              <>
                <p>{say('letters.refused', { n: said.refused.length })}</p>
                <ul>
                  {said.refused.map(({ id, problem }) => (
                    <li key={id} class="breaks" lang="en">
                      {problem.detail} <code>{problem.code}</code>
                    </li>
                  ))}
                </ul>
              </>
            )}
            {said.stopped && (
              <>
                <p>{say('letters.stopped')}</p>
                <p class="breaks" lang="en">
                  {said.stopped.status === 0 ? unreachableWords() : said.stopped.detail}
                </p>
              </>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
