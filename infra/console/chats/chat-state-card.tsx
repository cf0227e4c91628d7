import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { Fact, Facts } from '../shell/facts.tsx';
import { now } from '../time/time-now.ts';
import { clock, day, span } from '../words/times.ts';
import { say } from '../words/translate.ts';
import { PauseForm } from './pause-form.tsx';

interface ChatStateCardProps {
  channelId: string;
  chat: ChatView;
  onChange: (chat: ChatView) => void;
}

/** How the chat stands: its window, its dialog, what waits, and whether the agent answers. */
export function ChatStateCard({ channelId, chat, onChange }: ChatStateCardProps) {
  const { window, dialog, parked, held_by: heldBy, opted_out: optedOut } = chat;
  return (
    <section class="card group" aria-labelledby="state">
      <h2 id="state">{say('chat.state')}</h2>
      <Facts>
        <Fact name={say('window.title')}>
          <WindowWords window={window} hasWritten={chat.last_inbound_at !== null} />
        </Fact>
        <Fact name={say('chat.dialog')}>{say(`chat.dialog.${dialog}`)}</Fact>
        {parked > 0 && (
          <Fact name={say('chat.parked')}>
            <span class="chip warn">{say('chat.parked.n', { n: parked })}</span>
            <p class="note">{say('chat.parked.text')}</p>
          </Fact>
        )}
        {optedOut && <Fact name={say('chat.opted-out')}>{say(`chat.opted-out.${optedOut}`)}</Fact>}
      </Facts>
      {heldBy === 'meta' && <p class="note">{say('chat.held-by-meta')}</p>}
      <PauseForm channelId={channelId} chat={chat} onChange={onChange} />
    </section>
  );
}

function WindowWords({
  window: { open, until },
  hasWritten,
}: {
  window: ChatView['window'];
  hasWritten: boolean;
}) {
  if (open && until !== null) {
    return (
      <>
        <span class="chip good">
          {say('chat.window.left', { left: span(Math.max(0, Date.parse(until) - now.value)) })}
        </span>
        <p class="note">
          {say('chat.window.open', { time: clock(until), day: day(until, now.value) })}
        </p>
      </>
    );
  }
  return (
    <>
      <span class="chip">{say(hasWritten ? 'window.closed' : 'window.none')}</span>
      <p class="note">{say(hasWritten ? 'window.closed.means' : 'window.none.means')}</p>
    </>
  );
}
