import type { AskedAgent as Asked } from '../../../shared/contract/channel-answer.ts';
import { say } from '../words/translate.ts';

export interface AskedProps {
  /** Undefined: the check asked no question. */
  asked: Asked | undefined;
  isBusy: boolean;
  onAsk: () => void;
}

/** Asks the agent one real question, and shows what a visitor would have got. */
export function AskedAgent({ asked, isBusy, onAsk }: AskedProps) {
  return (
    <>
      <div class="buttons wraps">
        <button type="button" class="button" disabled={isBusy} onClick={onAsk}>
          {say('channel.ask')}
        </button>
      </div>
      <p class="note">{say('channel.ask.text')}</p>
      {asked && (
        <dl class="asked">
          <dt>{asked.text}</dt>
          {asked.replies.map(({ kind, text, refused }, at) => (
            <dd key={`${at}`} class="breaks" lang={refused === null ? undefined : 'en'}>
              {refused ?? (text || kind)}
            </dd>
          ))}
          {asked.replies.length === 0 && (
            <dd class="breaks" lang="en">
              {asked.reason ?? say(`channel.asked.${asked.outcome}`)}
            </dd>
          )}
        </dl>
      )}
    </>
  );
}
