import { goTo } from '../shell/router.ts';
import { say } from '../words/translate.ts';
import { channelId, channels, talkTo } from './phone-state.ts';

/** Which channel the visitor writes to. */
export const ChannelChoice = () => (
  <label class="channel-choice">
    <span>{say('channel.choose')}</span>
    <select
      class="select"
      value={channelId.value ?? ''}
      onChange={(event) => {
        talkTo(event.currentTarget.value);
        goTo('/');
      }}
    >
      {(channels.value ?? []).map(({ id, title, active }) => (
        <option key={id} value={id}>
          {active ? title : `${title} · ${say('channel.inactive')}`}
        </option>
      ))}
    </select>
  </label>
);
