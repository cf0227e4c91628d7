import { useSignal } from '@preact/signals';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { Question } from '../shell/question.tsx';
import { say } from '../words/translate.ts';

interface DeleteCardProps {
  channel: ChannelView;
  isBusy: boolean;
  onDelete: () => void;
}

/** Deletes the channel, after a question. */
export function DeleteCard({ channel, isBusy, onDelete }: DeleteCardProps) {
  const isAsked = useSignal(false);
  return (
    <section class="card group" aria-labelledby="danger">
      <h2 id="danger">{say('channel.danger')}</h2>
      <p>{say(channel.active ? 'channel.delete.active' : 'channel.delete.text')}</p>
      <div class="buttons">
        <button
          type="button"
          class="button danger"
          disabled={channel.active || isBusy}
          onClick={() => {
            isAsked.value = true;
          }}
        >
          {say('channel.delete')}
        </button>
      </div>
      {isAsked.value && (
        <Question
          title={say('channel.delete.title', { title: channel.title })}
          action={say('channel.delete')}
          isDangerous
          onGo={onDelete}
          onClose={() => {
            isAsked.value = false;
          }}
        >
          <p>{say('channel.delete.text')}</p>
        </Question>
      )}
    </section>
  );
}
