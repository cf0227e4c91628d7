import { chatPath } from '../chats/chat-path.ts';
import { channelId, chatView } from '../phone/phone-state.ts';
import { followLink } from '../shell/router.ts';
import { now } from '../time/time-now.ts';
import { clock, day, span } from '../words/times.ts';
import { say } from '../words/translate.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Of the ring. */
const RADIUS = 26;
const ROUND = 2 * Math.PI * RADIUS;

/** «Окно 24 часа»: how long the visitor can still be answered freely. */
export function WindowClock() {
  const view = chatView.value;
  const until = view?.window.until ? Date.parse(view.window.until) : null;
  const left = until === null ? 0 : Math.max(0, until - now.value);
  const state = view === null || until === null ? 'none' : left > 0 ? 'open' : 'closed';
  return (
    <section class={`card window ${state}`} aria-labelledby="window-title">
      <Ring share={left / DAY_MS} />
      <div>
        <h2 id="window-title">{say('window.title')}</h2>
        {state === 'open' && (
          <p>
            <strong>{say('window.open', { left: span(left) })}</strong>
            <small>
              {say('window.until', { time: clock(until ?? 0), day: day(until ?? 0, now.value) })}
            </small>
          </p>
        )}
        {state === 'closed' && (
          <p>
            <strong>{say('window.closed')}</strong>
            <small>{say('window.closed.means')}</small>
          </p>
        )}
        {state === 'none' && (
          <p>
            <strong>{say('window.none')}</strong>
            <small>{say('window.none.means')}</small>
          </p>
        )}
        {view !== null && view.parked > 0 && (
          <p>
            <span class="chip warn">{say('window.parked', { n: view.parked })}</span>
          </p>
        )}
        {view !== null && channelId.value && (
          <p>
            <a href={chatPath(channelId.value, view.chat_id)} onClick={followLink}>
              {say('window.chat')}
            </a>
          </p>
        )}
      </div>
    </section>
  );
}

const Ring = ({ share }: { share: number }) => (
  <svg class="ring" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
    <circle cx="32" cy="32" r={RADIUS} />
    <circle
      class="left"
      cx="32"
      cy="32"
      r={RADIUS}
      stroke-dasharray={`${share * ROUND} ${ROUND}`}
      transform="rotate(-90 32 32)"
    />
    <path d="M32 20v12l7 5" />
  </svg>
);
