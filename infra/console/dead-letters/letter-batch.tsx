import { useSignal } from '@preact/signals';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { LetterFilter } from '../api/dead-letters.ts';
import { useAsking } from '../shell/asking.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { Question } from '../shell/question.tsx';
import { say } from '../words/translate.ts';
import { doWithLetters, type LetterAction, lettersMeant } from './do-with-letters.ts';
import { doing, news } from './letter-news-state.ts';

interface LetterBatchProps {
  filter: LetterFilter;
  /** That of the filter; null: it names none that is known. */
  channel: ChannelView | null;
  /** How many the filter means; null: not all are read yet. */
  count: number | null;
}

/** Redrives or drops all that the filters mean, after a question that says which these are. */
export function LetterBatch({ filter, channel, count }: LetterBatchProps) {
  const asked = useSignal<LetterAction | null>(null);
  const { problem, ask } = useAsking();
  const which = whichWords(filter, channel);
  const act = (what: LetterAction) =>
    ask(what, async () => {
      doing.value = { done: 0, n: 0 };
      try {
        const ids = await lettersMeant(filter);
        news.value = await doWithLetters(what, ids, (done) => {
          doing.value = { done, n: ids.length };
        });
      } finally {
        doing.value = null;
      }
    });
  const button = (what: LetterAction, kind: string) => (
    <button
      type="button"
      class={`button small ${kind}`}
      disabled={doing.value !== null}
      onClick={() => {
        asked.value = what;
      }}
    >
      {say(`letters.${what}-all`)}
    </button>
  );
  return (
    <>
      <div class="batch">
        <p class="quiet" role="status">
          {doing.value?.n
            ? say('letters.doing', doing.value)
            : count !== null && say('letters.count', { n: count })}
        </p>
        <div class="buttons">
          {button('redrive', '')}
          {button('drop', 'danger')}
        </div>
      </div>
      {problem.value && <ProblemNote problem={problem.value} />}
      {asked.value && (
        <Question
          title={say(`letters.${asked.value}-all.title`, { which })}
          action={say(`letters.${asked.value}-all`)}
          isDangerous={asked.value === 'drop'}
          onGo={() => asked.value && void act(asked.value)}
          onClose={() => {
            asked.value = null;
          }}
        >
          <p>{say(`letters.${asked.value}-all.text`)}</p>
        </Question>
      )}
    </>
  );
}

function whichWords({ channelId, code }: LetterFilter, channel: ChannelView | null): string {
  const gaps = {
    channel: channel ? `“${channel.title}”` : (channelId ?? ''),
    code: code ?? '',
  };
  if (channelId !== null && code !== null) return say('letters.which.both', gaps);
  if (channelId !== null) return say('letters.which.channel', gaps);
  return code === null ? say('letters.which.all') : say('letters.which.code', gaps);
}
