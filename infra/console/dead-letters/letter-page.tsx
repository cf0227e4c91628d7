import { useSignal } from '@preact/signals';
import type { Problem } from '../api/call.ts';
import { deadLetters } from '../api/dead-letters.ts';
import { Json } from '../inspector/json.tsx';
import { isHidden } from '../masks/mask-state.ts';
import { MaskSwitch } from '../masks/mask-switch.tsx';
import { SaidWords } from '../masks/said-words.tsx';
import { BackLink } from '../shell/back-link.tsx';
import { CopyId } from '../shell/copy-id.tsx';
import { GoneCard } from '../shell/gone-card.tsx';
import { ProblemNote } from '../shell/problem-note.tsx';
import { useReading } from '../shell/reading.ts';
import { say } from '../words/translate.ts';
import { LetterActions } from './letter-actions.tsx';
import { LetterFacts } from './letter-facts.tsx';
import { lettersPath } from './letter-path.ts';
import { aboutWords, givenUpWords, toDoWords } from './letter-words.ts';

/** One dead letter: why it was given up, what to do, and the job with its words. */
export function LetterPage({ id = '' }: Record<string, string>) {
  const reading = useReading(() => deadLetters.show(id));
  const isLost = useSignal(false);
  const goneIf = (problem: Problem): boolean => {
    isLost.value = isGoneCode(problem.code);
    return isLost.value;
  };
  const found = reading.found.value;
  const problem = reading.problem.value;
  const isGone = isLost.value || (problem !== null && isGoneCode(problem.code));
  return (
    <div class="page">
      <div class="channel-head">
        <BackLink href={lettersPath({ channelId: null, code: null })}>
          {say('nav.dead-letters')}
        </BackLink>
        <div class="page-head">
          <h1>{found ? aboutWords(found.about) : say('letter.title')}</h1>
          <MaskSwitch />
        </div>
        <p class="quiet channel-facts">
          <CopyId id={id} />
        </p>
      </div>
      {isGone && <GoneCard title="letter.gone" text="letter.gone.text" />}
      {problem && !isGone && <ProblemNote problem={problem} />}
      {!found && !problem && <p class="quiet">{say('page.loading')}</p>}
      {found && !isGone && (
        <div class="with-aside">
          <div class="form">
            <section class="card group" aria-labelledby="why">
              <h2 id="why">{say('letter.why')}</h2>
              <p>{givenUpWords(found.code, found.why)}</p>
              <p class="breaks">
                <strong>{say('letter.this-time')}: </strong>
                <span lang="en">{found.reason}</span>
              </p>
              <p>
                <strong>{say('letter.to-do')}: </strong>
                {toDoWords(found.code, found.what_to_do)}
              </p>
              <LetterActions letter={found} onGone={goneIf} />
            </section>
            <section class="card group" aria-labelledby="job">
              <h2 id="job">{say('letter.job')}</h2>
              {isHidden.value ? (
                <SaidWords text={JSON.stringify(found.job)} />
              ) : (
                <Json value={found.job} />
              )}
            </section>
          </div>
          <aside class="aside">
            <LetterFacts letter={found} />
          </aside>
        </div>
      )}
    </div>
  );
}

const isGoneCode = (code: string): boolean =>
  code === 'dead-letter-unknown' || code === 'channel-unknown';
