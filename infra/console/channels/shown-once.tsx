import { CopyButton } from '../shell/copy-button.tsx';
import { say } from '../words/translate.ts';
import { forgetSecrets, newsOf } from './fresh-news.ts';

/** Secrets that no page and no endpoint shows again. */
export function ShownOnce({ channelId }: { channelId: string }) {
  const said = newsOf(channelId);
  if (!said || said.secrets.length === 0) return null;
  return (
    <section class="card once" aria-labelledby="shown-once">
      <h2 id="shown-once">{say('channel.once')}</h2>
      <p>{say('channel.once.text')}</p>
      {said.secrets.map(({ name, value }) => (
        <div key={name} class="once-secret">
          <p class="field-name">{say(`channel.${name}`)}</p>
          <div class="copied">
            <code>{value}</code>
            <CopyButton
              text={() => value}
              name={say('action.copy-what', { what: say(`channel.${name}`) })}
            />
          </div>
          <p class="note">{say(`channel.${name}.text`)}</p>
        </div>
      ))}
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => forgetSecrets(channelId)}>
          {say('channel.once.close')}
        </button>
      </div>
    </section>
  );
}
