import { useEffect } from 'preact/hooks';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { everyChannel } from '../api/every-channel.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { useReading } from '../shell/reading.ts';
import { followLink, goTo } from '../shell/router.ts';
import { say } from '../words/translate.ts';
import { ChatFinder } from './chat-finder.tsx';
import { chatsPath } from './chat-path.ts';
import { erased } from './erased-chat.ts';

/** The chats of a channel, found one by one: nothing lists the people who have written. */
export function ChatsPage({ id }: Record<string, string>) {
  const { found, problem } = useReading(everyChannel);
  const all = found.value;
  const first = all?.find(({ active }) => active) ?? all?.[0];
  useEffect(() => {
    if (id === undefined && first) goTo(chatsPath(first.id), { replace: true });
  }, [id, first]);
  const channel = all?.find((one) => one.id === id);
  return (
    <section class="page">
      <h1>{say('nav.chats')}</h1>
      {erased.value && (
        <p class="banner good" role="status">
          {say('chat.erased', { id: erased.value })}
        </p>
      )}
      {problem.value && <ProblemNote problem={problem.value} />}
      {all === null && !problem.value && <p class="quiet">{say('page.loading')}</p>}
      {all?.length === 0 && (
        <div class="card nothing">
          <h2>{say('chats.none')}</h2>
          <a class="button primary" href="/channels/new" onClick={followLink}>
            {say('channels.new')}
          </a>
        </div>
      )}
      {all && all.length > 0 && (
        <section class="card group finder-card" aria-labelledby="find">
          <h2 id="find">{say('chats.find')}</h2>
          <ChannelChoice channels={all} chosen={id} />
          {channel && <ChatFinder key={channel.id} channel={channel} />}
        </section>
      )}
    </section>
  );
}

const ChannelChoice = ({
  channels,
  chosen,
}: {
  channels: ChannelView[];
  chosen: string | undefined;
}) => (
  <div class="field">
    <label class="field-name" for="chats-channel">
      {say('channel.choose')}
    </label>
    <select
      id="chats-channel"
      class="select"
      value={chosen ?? ''}
      onChange={({ currentTarget }) => goTo(chatsPath(currentTarget.value), { replace: true })}
    >
      {channels.every((channel) => channel.id !== chosen) && <option value={chosen ?? ''} />}
      {channels.map((channel) => (
        <option key={channel.id} value={channel.id}>
          {channel.title} ({channel.id.slice(-6)})
        </option>
      ))}
    </select>
  </div>
);
