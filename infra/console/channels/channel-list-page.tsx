import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { admin } from '../api/admin.ts';
import { useAsking } from '../shell/asking.ts';
import { Icon } from '../shell/icon.tsx';
import { ProblemNote } from '../shell/problem-note.tsx';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { ChannelChip } from './channel-chip.tsx';

/** All channels, oldest first. */
export function ChannelListPage() {
  const channels = useSignal<ChannelView[] | null>(null);
  const next = useSignal<string | null>(null);
  const { problem, busy, ask } = useAsking();
  const load = (cursor?: string) =>
    ask('list', async () => {
      const { body } = await admin.listChannels(cursor);
      channels.value = [...(cursor ? (channels.peek() ?? []) : []), ...body.channels];
      next.value = body.next;
    });
  useEffect(() => void load(), []);
  const isEmpty = channels.value?.length === 0;
  return (
    <section class="page">
      <div class="page-head">
        <h1>{say('nav.channels')}</h1>
        {!isEmpty && <NewLink />}
      </div>
      {problem.value && <ProblemNote problem={problem.value} />}
      {channels.value === null && busy.value && <p class="quiet">{say('page.loading')}</p>}
      {isEmpty && (
        <div class="card nothing">
          <h2>{say('channels.none')}</h2>
          <p>{say('channels.none.text')}</p>
          <NewLink />
        </div>
      )}
      {channels.value && !isEmpty && (
        <ul class="card list">
          {channels.value.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {next.value && (
        <button type="button" class="button" onClick={() => load(next.value ?? undefined)}>
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
