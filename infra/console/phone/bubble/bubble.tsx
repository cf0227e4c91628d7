import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';
import { chosen } from '../../inspector/trail-state.ts';
import { messagePath } from '../../shell/message-path.ts';
import { followLink, goTo } from '../../shell/router.ts';
import { clock } from '../../words/times.ts';
import { say } from '../../words/translate.ts';
import { BubbleContent } from './bubble-content.tsx';
import { MenuButtons } from './menu-buttons.tsx';
import { MessageActions } from './message-actions.tsx';
import { reached, Ticks } from './ticks.tsx';

/** One message. `quoted`: the one it answers, where the chat still has it. */
export function Bubble({ line, quoted }: { line: ChatLine; quoted: ChatLine | null }) {
  const status = reached(line);
  const failure = line.history.find(({ status }) => status === 'failed');
  const isMine = line.from === 'user';
  const isChosen = chosen.value === line.message_id;
  return (
    <li class={`line ${isMine ? 'mine' : 'theirs'} ${isChosen ? 'chosen' : ''}`}>
      <div class="bubble-row">
        {/* A second way for the mouse: the time is a link that the keyboard reaches. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the link does the same */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the link does the same */}
        <div
          class={`bubble ${failure ? 'failed' : ''} type-${line.type}`}
          onClick={(event) => {
            if ((event.target as Element).closest('a, button, audio, video')) return;
            goTo(messagePath(line.message_id));
          }}
        >
          <span class="unseen">{say(isMine ? 'message.by-visitor' : 'message.by-agent')}</span>
          {quoted && (
            <blockquote>
              <strong>{say(quoted.from === 'user' ? 'message.you' : 'message.agent')}</strong>
              <span>{quoted.text || say('message.other', { type: quoted.type })}</span>
            </blockquote>
          )}
          <BubbleContent line={line} />
          <span class="meta">
            {line.edited_at && !line.revoked_at && <span>{say('message.edited')}</span>}
            <a href={messagePath(line.message_id)} onClick={followLink} title={say('message.way')}>
              <time dateTime={line.at}>{clock(line.at)}</time>
              <span class="unseen">{say('message.way')}</span>
            </a>
            {status && <Ticks status={status} />}
          </span>
          {line.reactions.length > 0 && (
            <span class="reactions">
              {line.reactions.map(({ from, emoji }) => (
                <span key={from}>{emoji}</span>
              ))}
            </span>
          )}
        </div>
        {!line.revoked_at && <MessageActions line={line} />}
      </div>
      {failure && (
        <p class="failure">
          {say('status.failed')}
          {failure.reason && <span>{`: ${failure.reason}`}</span>}
          {failure.code !== undefined && <code> {failure.code}</code>}
        </p>
      )}
      {!line.revoked_at && <MenuButtons line={line} />}
    </li>
  );
}
