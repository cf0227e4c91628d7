import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { CopyId } from '../shell/copy-id.tsx';
import { Icon } from '../shell/icon.tsx';
import { followLink } from '../shell/router.ts';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';

export const BackToChannels = () => (
  <a class="back" href="/channels" onClick={followLink}>
    <Icon name="back" size={18} /> {say('nav.channels')}
  </a>
);

/** Which channel it is. */
export const ChannelHead = ({ channel }: { channel: ChannelView }) => (
  <div class="channel-head">
    <BackToChannels />
    <h1 class="breaks">{channel.title}</h1>
    <p class="quiet channel-facts">
      <CopyId id={channel.id} />
      <span>
        {say('channel.version', { n: channel.version })},{' '}
        {say('channels.changed', { time: moment(channel.updated_at) })}
      </span>
    </p>
  </div>
);
