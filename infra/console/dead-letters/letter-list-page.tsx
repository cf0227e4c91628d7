import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { LetterSummary } from '../../../shared/contract/letter-view.ts';
import type { LetterFilter } from '../api/dead-letters.ts';
import { everyChannel } from '../api/every-channel.ts';
import { useAsking } from '../shell/asking.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { query } from '../shell/router.ts';
import { say } from '../words/translate.ts';
import { LetterBatch } from './letter-batch.tsx';
import { LetterFilters } from './letter-filters.tsx';
import { LetterNews } from './letter-news.tsx';
import { LetterRow } from './letter-row.tsx';
import { someLetters } from './some-letters.ts';

/** What was given up, of every channel or those that the filters mean. */
export function LetterListPage() {
  const channels = useSignal<ChannelView[]>([]);
  const letters = useSignal<LetterSummary[] | null>(null);
  const next = useSignal<string | null>(null);
  const { busy, problem, ask } = useAsking();
  const filter = filterIn(query.value);
  const load = (from: string | null) =>
    ask('list', async () => {
      const { letters: more, next: rest } = await someLetters(filter, from);
      letters.value = [...(from === null ? [] : (letters.peek() ?? [])), ...more];
      next.value = rest;
    });
  useEffect(() => {
    void ask('channels', async () => {
      channels.value = await everyChannel();
    }).then(() => load(null));
  }, [query.value]);

  const shown = letters.value;
  const isFiltered = filter.channelId !== null || filter.code !== null;
  return (
    <section class="page">
      <div class="channel-head">
        <h1>{say('nav.dead-letters')}</h1>
        <p class="quiet">{say('letters.text')}</p>
      </div>
      <LetterNews />
      <LetterFilters filter={filter} channels={channels.value} />
      {problem.value && <ProblemNote problem={problem.value} />}
      {shown === null && !problem.value && <p class="quiet">{say('page.loading')}</p>}
      {shown?.length === 0 && (
        <div class="card nothing">
          <h2>{say(isFiltered ? 'letters.none.filtered' : 'letters.none')}</h2>
          {!isFiltered && <p>{say('letters.none.text')}</p>}
        </div>
      )}
      {shown && shown.length > 0 && (
        <>
          <LetterBatch
            filter={filter}
            channel={channels.value.find(({ id }) => id === filter.channelId) ?? null}
            count={next.value === null ? shown.length : null}
            onDone={() => load(null)}
          />
          <ul class="card list">
            {shown.map((letter) => (
              <LetterRow
                key={letter.id}
                letter={letter}
                channel={channels.value.find(({ id }) => id === letter.channel_id) ?? null}
              />
            ))}
          </ul>
        </>
      )}
      {next.value && (
        <button
          type="button"
          class="button"
          disabled={busy.value !== null}
          onClick={() => load(next.value)}
        >
          {say('letters.more')}
        </button>
      )}
    </section>
  );
}

function filterIn(search: string): LetterFilter {
  const wanted = new URLSearchParams(search);
  return { channelId: wanted.get('channel_id'), code: wanted.get('code') };
}
