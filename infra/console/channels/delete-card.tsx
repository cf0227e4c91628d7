import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { DangerButton } from '../shell/danger-button.tsx';
import { say } from '../words/translate.ts';

interface DeleteCardProps {
  channel: ChannelView;
  isBusy: boolean;
  onDelete: () => void;
}

/** Deletes the channel, after a question. */
export function DeleteCard({ channel, isBusy, onDelete }: DeleteCardProps) {
  return (
    <section class="card group" aria-labelledby="danger">
      <h2 id="danger">{say('channel.danger')}</h2>
      <p>{say(channel.active ? 'channel.delete.active' : 'channel.delete.text')}</p>
      <div class="buttons">
        <DangerButton
          action={say('channel.delete')}
          title={say('channel.delete.title', { title: channel.title })}
          isDisabled={channel.active || isBusy}
          onGo={onDelete}
        >
          <p>{say('channel.delete.text')}</p>
        </DangerButton>
      </div>
    </section>
  );
}
