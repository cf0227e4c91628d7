import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { say } from '../words/translate.ts';

/** Whether what visitors write reaches the agent. */
export function ChannelChip({ channel }: { channel: Pick<ChannelView, 'active' | 'blocked'> }) {
  if (channel.blocked) return <span class="chip bad">{say('channel.blocked')}</span>;
  return channel.active ? (
    <span class="chip good">{say('channel.active')}</span>
  ) : (
    <span class="chip">{say('channel.not-active')}</span>
  );
}
