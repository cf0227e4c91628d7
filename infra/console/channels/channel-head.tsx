import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { chatsPath } from '../chats/chat-path.ts';
import { lettersPath } from '../dead-letters/letter-path.ts';
import { BackLink } from '../shell/back-link.tsx';
import { CopyId } from '../shell/copy-id.tsx';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';

export const BackToChannels = () => <BackLink href="/channels">{say('nav.channels')}</BackLink>;

/** Which channel it is, and the ways to what happened in it. */
export const ChannelHead = ({ channel }: { channel: ChannelView }) => (
  <div class="channel-head">
    <BackToChannels />
    <div class="page-head">
      <h1 class="breaks">{channel.title}</h1>
      <nav class="buttons wraps" aria-label={say('tabs.label')}>
        <a class="button small" href={chatsPath(channel.id)} onClick={followLink}>
          {say('nav.chats')}
        </a>
        <a
          class="button small"
          href={lettersPath({ channelId: channel.id, code: null })}
          onClick={followLink}
        >
          {say('nav.dead-letters')}
        </a>
      </nav>
    </div>
    <p class="quiet channel-facts">
      <CopyId id={channel.id} />
      <span>
        {say('channel.version', { n: channel.version })},{' '}
        {say('channels.changed', { time: moment(channel.updated_at) })}
      </span>
    </p>
  </div>
);
