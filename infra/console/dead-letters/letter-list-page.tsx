import { useEffect } from 'preact/hooks';
import type { LetterFilter } from '../api/dead-letters.ts';
import { everyChannel } from '../api/every-channel.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { useReading } from '../shell/reading.ts';
import { query } from '../shell/router.ts';
import { say } from '../words/translate.ts';
import { LetterBatch } from './letter-batch.tsx';
import { LetterFilters } from './letter-filters.tsx';
import { LetterNews } from './letter-news.tsx';
import { news } from './letter-news-state.ts';
import { LetterRow } from './letter-row.tsx';
import { someLetters } from './some-letters.ts';

/** What was given up, of every channel or those that the filters mean. */
export function LetterListPage() {
  const filter = filterIn(query.value);
  const channels = useReading(everyChannel);
  const letters = useReading(() => someLetters(filter, null), [query.value]);
  // What was done, from here or from the page of a letter, may have been done after the list was read.
  useEffect(() => void (news.value && letters.look()), [news.value]);
  const loadMore = () =>
    letters.goOn(async (before) => {
      const page = await someLetters(filter, before.next);
      return { letters: [...before.letters, ...page.letters], next: page.next };
    });

  const shown = letters.found.value?.letters ?? null;
  const next = letters.found.value?.next ?? null;
  const known = channels.found.value ?? [];
  const problem = letters.problem.value ?? channels.problem.value;
  const isFiltered = filter.channelId !== null || filter.code !== null;
  return (
    <section class="page">
      <div class="channel-head">
        <h1>{say('nav.dead-letters')}</h1>
        <p class="quiet">{say('letters.text')}</p>
      </div>
      <LetterNews />
      <LetterFilters filter={filter} channels={known} />
      {problem && <ProblemNote problem={problem} />}
      {shown === null && !problem && <p class="quiet">{say('page.loading')}</p>}
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
            channel={known.find(({ id }) => id === filter.channelId) ?? null}
            count={next === null ? shown.length : null}
          />
          <ul class="card list">
            {shown.map((letter) => (
              <LetterRow
                key={letter.id}
                letter={letter}
                channel={known.find(({ id }) => id === letter.channel_id) ?? null}
              />
            ))}
          </ul>
        </>
      )}
      {next && (
        <button type="button" class="button" disabled={letters.isGoingOn.value} onClick={loadMore}>
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
