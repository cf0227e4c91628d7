import { useSignal } from '@preact/signals';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { chats } from '../api/chats.ts';
import { useAsking } from '../shell/asking.ts';
import { Fact, Facts } from '../shell/facts.tsx';
import { ProblemNote } from '../shell/problem-note.tsx';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';

const SPANS = [30, 60, 240, 1440, 10_080] as const;

interface PauseFormProps {
  channelId: string;
  chat: ChatView;
  onChange: (chat: ChatView) => void;
}

/** Keeps the agent silent in this chat for a while, and lets it answer again. */
export function PauseForm({ channelId, chat, onChange }: PauseFormProps) {
  const minutes = useSignal<number>(60);
  const { busy, problem, ask } = useAsking();
  const { chat_id: chatId, paused_until: pausedUntil } = chat;
  const pause = () =>
    ask('pause', async () => onChange(await chats.pause(channelId, chatId, minutes.value)));
  const resume = () => ask('resume', async () => onChange(await chats.resume(channelId, chatId)));
  return (
    <div class="pause">
      <Facts>
        <Fact name={say('chat.agent')}>
          <span class={`chip ${pausedUntil ? 'warn' : 'good'}`} role="status">
            {pausedUntil
              ? say('chat.agent.paused', { time: moment(pausedUntil) })
              : say('chat.agent.answers')}
          </span>
        </Fact>
      </Facts>
      {problem.value && <ProblemNote problem={problem.value} />}
      {pausedUntil ? (
        <button type="button" class="button" disabled={busy.value !== null} onClick={resume}>
          {say('chat.resume')}
        </button>
      ) : (
        <div class="pause-row">
          <select
            class="select"
            aria-label={say('chat.pause.for')}
            value={minutes.value}
            onChange={({ currentTarget }) => {
              minutes.value = Number(currentTarget.value);
            }}
          >
            {SPANS.map((one) => (
              <option key={one} value={one}>
                {say(`chat.pause.${one}`)}
              </option>
            ))}
          </select>
          <button type="button" class="button" disabled={busy.value !== null} onClick={pause}>
            {say('chat.pause')}
          </button>
        </div>
      )}
      <p class="note">{say('chat.pause.text')}</p>
    </div>
  );
}
