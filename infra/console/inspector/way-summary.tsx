import type { Trail } from '../../local/inspector/trail.ts';
import { chat } from '../phone/phone-state.ts';
import { duration, exactClock } from '../words/times.ts';
import { say } from '../words/translate.ts';
import { answeredAfter } from './way.ts';

/** Which message it is, and how long its first answer took. */
export function WaySummary({ trail }: { trail: Trail }) {
  const line = chat.value?.messages.find(({ message_id }) => message_id === trail.id);
  const took = answeredAfter(trail);
  return (
    <div class="summary">
      <p class="words">{line?.text || say('inspector.unnamed')}</p>
      <p class="when">
        <time dateTime={new Date(trail.at).toISOString()}>{exactClock(trail.at)}</time>
        {took !== null && (
          <span class="chip good">{say('inspector.answered', { span: duration(took) })}</span>
        )}
      </p>
    </div>
  );
}
