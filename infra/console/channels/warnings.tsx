import type { Warning } from '../../../shared/contract/channel-answer.ts';
import { Icon } from '../shell/icon.tsx';
import { language } from '../shell/preferences.ts';
import { say } from '../words/translate.ts';
import { forgetWarnings, newsOf } from './fresh-news.ts';
import { WARNINGS_RU } from './words-ru/warnings-ru.ts';

/** What did not work although it was done: the title as WhatsApp's operators know it, and the cure. */
export function Warnings({ channelId }: { channelId: string }) {
  const said = newsOf(channelId);
  if (!said) return null;
  if (said.warnings.length === 0 && said.replacedWebhook === null) return null;
  return (
    <div class="banner warn" role="alert">
      <Icon name="warning" />
      <div class="grows">
        {said.warnings.map((warning) => (
          <OneWarning key={warning.code} warning={warning} />
        ))}
        {said.isActive && said.warnings.length > 0 && <p>{say('channel.warning.active')}</p>}
        {said.replacedWebhook && (
          <p class="breaks">{say('channel.replaced', { url: said.replacedWebhook })}</p>
        )}
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={say('action.dismiss')}
        onClick={() => forgetWarnings(channelId)}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}

const OneWarning = ({ warning: { code, title, detail } }: { warning: Warning }) => (
  <div class="warning">
    <p class="warning-kind">{say('channel.warning')}</p>
    <h2 lang="en">{title}</h2>
    {language.value === 'ru' && <p>{WARNINGS_RU[code]}</p>}
    <p lang="en" class={language.value === 'ru' ? 'quiet' : ''}>
      {detail}
    </p>
  </div>
);
