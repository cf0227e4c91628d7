import { useSignal } from '@preact/signals';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { ChannelAction } from '../api/admin.ts';
import { Question } from '../shell/question.tsx';
import { say, type Word } from '../words/translate.ts';
import { SecretAddress } from './secret-address.tsx';

interface Rotation {
  action: ChannelAction;
  what: Word;
  span: Word;
}

/** Each secret the channel gives out, and how long the replaced one goes on (docs/contract.md#operator-to-us). */
const ROTATIONS: Rotation[] = [
  { action: 'rotate-api-key', what: 'channel.api-key', span: 'channel.rotate.hours' },
  { action: 'rotate-agent-secret', what: 'channel.agent-secret', span: 'channel.rotate.hours' },
  { action: 'rotate-webhook-token', what: 'channel.webhook', span: 'channel.rotate.days' },
  {
    action: 'rotate-incoming-request-token',
    what: 'channel.incoming',
    span: 'channel.rotate.hours',
  },
];

interface SecretsCardProps {
  channel: ChannelView;
  isBusy: boolean;
  onRotate: (action: ChannelAction, now: boolean) => void;
}

/** The addresses that are secrets, and the replacement of every secret. */
export function SecretsCard({ channel, isBusy, onRotate }: SecretsCardProps) {
  const asked = useSignal<Rotation | null>(null);
  const atOnce = useSignal(false);
  const { webhook_url, incoming_request_url } = channel;
  return (
    <section class="card group" aria-labelledby="secrets">
      <h2 id="secrets">{say('channel.secrets')}</h2>
      {webhook_url && (
        <SecretAddress
          name={say('channel.webhook')}
          note={say('channel.webhook.text')}
          url={webhook_url}
        />
      )}
      {incoming_request_url && (
        <SecretAddress
          name={say('channel.incoming')}
          note={say('channel.incoming.text')}
          url={incoming_request_url}
        />
      )}
      <ul class="rotations">
        {ROTATIONS.map((rotation) => (
          <li key={rotation.action}>
            <span>{say(rotation.what)}</span>
            <button
              type="button"
              class="button small"
              disabled={isBusy}
              aria-label={say('channel.rotate.title', { what: say(rotation.what) })}
              onClick={() => {
                atOnce.value = false;
                asked.value = rotation;
              }}
            >
              {say('channel.rotate')}
            </button>
          </li>
        ))}
      </ul>
      {asked.value && (
        <Question
          title={say('channel.rotate.title', { what: say(asked.value.what) })}
          action={say('channel.rotate')}
          onGo={() => asked.value && onRotate(asked.value.action, atOnce.value)}
          onClose={() => {
            asked.value = null;
          }}
        >
          <p>{say('channel.rotate.text', { span: say(asked.value.span) })}</p>
          <label class="check">
            <input
              type="checkbox"
              checked={atOnce.value}
              onChange={({ currentTarget }) => {
                atOnce.value = currentTarget.checked;
              }}
            />
            {say('channel.rotate.now')}
          </label>
        </Question>
      )}
    </section>
  );
}
