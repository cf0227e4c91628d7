import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import type { Problem } from '../api/call.ts';
import { deadLetters } from '../api/dead-letters.ts';
import { useAsking } from '../shell/asking.ts';
import { DangerButton } from '../shell/danger-button.tsx';
import { ProblemNote } from '../shell/problem-note.tsx';
import { say } from '../words/translate.ts';
import type { LetterAction } from './do-with-letters.ts';
import { news } from './letter-news-state.ts';
import { lettersPath } from './letter-path.ts';

interface LetterActionsProps {
  letter: LetterSummary;
  /** Whether a refusal says that the letter is not there any more. */
  onGone: (problem: Problem) => boolean;
}

/** Redrives the letter, or drops it after a question. Then the list says that it is done. */
export function LetterActions({ letter, onGone }: LetterActionsProps) {
  const { busy, problem, ask } = useAsking();
  const act = (what: LetterAction) =>
    ask(
      what,
      async (go) => {
        await deadLetters[what](letter.id);
        go(lettersPath({ channelId: null, code: null }), { replace: true });
        news.value = { what, done: 1, refused: [], stopped: null };
      },
      onGone,
    );
  return (
    <>
      {problem.value && <ProblemNote problem={problem.value} />}
      {!letter.redrivable && <p class="note">{say('letter.not-redrivable')}</p>}
      <div class="buttons wraps">
        <button
          type="button"
          class="button primary"
          disabled={busy.value !== null || !letter.redrivable}
          onClick={() => act('redrive')}
        >
          {say(busy.value === 'redrive' ? 'letter.redriving' : 'letter.redrive')}
        </button>
        <DangerButton
          action={say('letter.drop')}
          title={say('letter.drop.title')}
          isDisabled={busy.value !== null}
          onGo={() => void act('drop')}
        >
          <p class="breaks">
            <code>{letter.id}</code>
          </p>
          <p>{say('letter.drop.text')}</p>
        </DangerButton>
      </div>
    </>
  );
}
