import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { ChannelAction } from '../api/admin.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { ChannelChip } from './channel-chip.tsx';

interface StateCardProps {
  channel: ChannelView;
  busy: string | null;
  /** Edits wait to be saved: to activate what is not shown would surprise. */
  hasEdits: boolean;
  onAct: (action: ChannelAction) => void;
}

/** Whether the channel works, and what switches and checks it. */
export function StateCard({ channel, busy, hasEdits, onAct }: StateCardProps) {
  const button = (action: ChannelAction, word: string, kind = '') => (
    <button
      type="button"
      class={`button ${kind}`}
      disabled={busy !== null || (hasEdits && action !== 'check')}
      onClick={() => onAct(action)}
    >
      {word}
    </button>
  );
  return (
    <section class="card group" aria-labelledby="state">
      <h2 id="state">{say('channel.state')}</h2>
      <p>
        <ChannelChip channel={channel} />
      </p>
      {channel.blocked ? (
        <>
          <p>{say('channel.blocked.text', { time: moment(channel.blocked.since) })}</p>
          <p lang="en" class="breaks">
            {channel.blocked.reason} ({channel.blocked.code})
          </p>
        </>
      ) : (
        <p>{say(channel.active ? 'channel.active.text' : 'channel.not-active.text')}</p>
      )}
      <div class="buttons wraps">
        {channel.active
          ? button('activate', say('channel.activate-again'))
          : button('activate', say('channel.activate'), 'primary')}
        {button('check', say(busy === 'check' ? 'channel.checking' : 'channel.check'))}
        {channel.active && button('deactivate', say('channel.deactivate'))}
      </div>
      {hasEdits && <p class="note">{say('channel.save-first')}</p>}
    </section>
  );
}
