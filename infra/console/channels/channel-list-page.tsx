import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { admin } from '../api/admin.ts';
import { Icon } from '../shell/icon.tsx';
import { ProblemNote } from '../shell/problem-note.tsx';
import { useReading } from '../shell/reading.ts';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { ChannelChip } from './channel-chip.tsx';

/** All channels, oldest first. */
export function ChannelListPage() {
  const reading = useReading(async () => (await admin.listChannels()).body);
  const loadMore = () =>
    reading.goOn(async (before) => {
      const { body } = await admin.listChannels(before.next ?? undefined);
      return { channels: [...before.channels, ...body.channels], next: body.next };
    });
  const channels = reading.found.value?.channels ?? null;
  const problem = reading.problem.value;
  const isEmpty = channels?.length === 0;
  return (
    <section class="page">
      <div class="page-head">
        <h1>{say('nav.channels')}</h1>
        {!isEmpty && <NewLink />}
      </div>
      {problem && <ProblemNote problem={problem} />}
      {channels === null && !problem && <p class="quiet">{say('page.loading')}</p>}
      {isEmpty && (
        <div class="card nothing">
          <h2>{say('channels.none')}</h2>
          <p>{say('channels.none.text')}</p>
          <NewLink />
        </div>
      )}
      {channels && !isEmpty && (
        <ul class="card list">
          {channels.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {reading.found.value?.next && (
        <button type="button" class="button" disabled={reading.isGoingOn.value} onClick={loadMore}>
          {say('channels.more')}
        </button>
      )}
    </section>
  );
}

const NewLink = () => (
  <a class="button primary" href="/channels/new" onClick={followLink}>
    <Icon name="plus" size={18} /> {say('channels.new')}
  </a>
);

const ChannelRow = ({ channel }: { channel: ChannelView }) => (
  <li>
    <a class="list-row" href={`/channels/${channel.id}`} onClick={followLink}>
      <span class="list-main">
        <strong>{channel.title}</strong>
        <span class="mono quiet">{channel.id}</span>
      </span>
      <span class="list-middle">
        <span class="mono cut">{channel.agent.url}</span>
        <span class="quiet">
          {channel.hosting} · {say('channels.changed', { time: moment(channel.updated_at) })}
        </span>
      </span>
      <ChannelChip channel={channel} />
      <Icon name="next" size={18} />
    </a>
  </li>
);
