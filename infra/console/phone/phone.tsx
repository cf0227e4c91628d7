import { useEffect, useRef } from 'preact/hooks';
import type { ChatLine } from '../../local/dialog360/chat/chat-line.ts';
import type { ChatNote } from '../../local/inspector/trail.ts';
import { now } from '../time/time-now.ts';
import { day } from '../words/times.ts';
import { say } from '../words/translate.ts';
import { Bubble } from './bubble/bubble.tsx';
import { ChatNoteLine } from './chat-note.tsx';
import { Composer } from './composer/composer.tsx';
import { channel, chat, fault, notes, token, unread } from './phone-state.ts';
import { SampleChips } from './sample-chips.tsx';

/** The visitor's phone. */
export function Phone() {
  const title = channel.value?.title ?? '…';
  const typing = chat.value?.typing_at !== null && chat.value !== null;
  return (
    <section class="phone" aria-label={say('phone.label')}>
      <header>
        <span class="avatar" aria-hidden="true">
          {title.slice(0, 1)}
        </span>
        <div>
          <h2>{title}</h2>
          <p class={typing ? 'typing-word' : ''} aria-live="polite">
            {say(typing ? 'phone.typing' : 'phone.online')}
          </p>
        </div>
      </header>
      <Messages typing={typing} />
      {[...new Set([fault.value, unread.value])].filter(Boolean).map((words) => (
        <p key={words} class="fault" role="alert">
          {words}
        </p>
      ))}
      {channel.value && token.value === null && <p class="fault">{say('phone.inactive')}</p>}
      <Composer />
    </section>
  );
}

type Entry = { at: number; line: ChatLine } | { at: number; note: ChatNote };

function Messages({ typing }: { typing: boolean }) {
  const end = useRef<HTMLLIElement>(null);
  const lines = (chat.value?.messages ?? []).filter(({ type }) => type !== 'reaction');
  const entries: Entry[] = [
    ...lines.map((line) => ({ at: Date.parse(line.at), line })),
    ...notes.value.map((note) => ({ at: note.at, note })),
  ].toSorted((a, b) => a.at - b.at);
  const count = entries.length;
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [count, typing]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <div class="messages" tabIndex={0} role="log" aria-label={say('phone.messages')}>
      {chat.value && count === 0 && <SampleChips />}
      <ol>
        {entries.map((entry, at) => (
          <Row
            key={'line' in entry ? entry.line.message_id : entry.note.id}
            entry={entry}
            before={entries[at - 1]}
            lines={lines}
          />
        ))}
        {typing && (
          <li class="line theirs" aria-hidden="true">
            <div class="bubble typing">
              <i />
              <i />
              <i />
            </div>
          </li>
        )}
        <li ref={end} class="end" aria-hidden="true" />
      </ol>
    </div>
  );
}

function Row({
  entry,
  before,
  lines,
}: {
  entry: Entry;
  before: Entry | undefined;
  lines: ChatLine[];
}) {
  const today = day(entry.at, now.value);
  const isNewDay = !before || day(before.at, now.value) !== today;
  return (
    <>
      {isNewDay && (
        <li class="day">
          <span>{today}</span>
        </li>
      )}
      {'line' in entry ? (
        <Bubble
          line={entry.line}
          quoted={lines.find(({ message_id }) => message_id === entry.line.quotes) ?? null}
        />
      ) : (
        <ChatNoteLine note={entry.note} />
      )}
    </>
  );
}
