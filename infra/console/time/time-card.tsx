import { useSignal } from '@preact/signals';
import { sandbox } from '../api/sandbox.ts';
import { orFault } from '../phone/phone-state.ts';
import { clock, day, span } from '../words/times.ts';
import { say } from '../words/translate.ts';
import { aheadMs, now } from './time-now.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What a press lets pass: a wait, an idle dialog, almost the window, and the window. */
const PRESSES = [5 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS - MINUTE_MS, 25 * HOUR_MS];

/** Lets time pass for everything in the runtime. */
export function TimeCard() {
  const busy = useSignal(false);
  const pass = async (ms: number) => {
    busy.value = true;
    await orFault(() => sandbox.pass(ms));
    busy.value = false;
  };
  return (
    <section class="card time" aria-labelledby="time-title">
      <header>
        <h2 id="time-title">{say('time.title')}</h2>
        {aheadMs.value > 0 && (
          <span class="chip warn">{say('time.ahead', { span: span(aheadMs.value) })}</span>
        )}
      </header>
      <p>
        {aheadMs.value > 0 &&
          say('time.now', { time: clock(now.value), day: day(now.value, Date.now()) })}{' '}
        {say('time.hint')}
      </p>
      <div class="row">
        {PRESSES.map((ms) => (
          <button
            key={ms}
            type="button"
            class="button small"
            aria-label={say('time.pass', { span: span(ms) })}
            disabled={busy.value}
            onClick={() => void pass(ms)}
          >
            {span(ms)}
          </button>
        ))}
      </div>
      <form
        class="other"
        onSubmit={(event) => {
          event.preventDefault();
          void pass(Number(new FormData(event.currentTarget).get('hours')) * HOUR_MS);
        }}
      >
        <input
          class="input"
          name="hours"
          type="number"
          min="0.1"
          max="2160"
          step="any"
          required
          defaultValue="48"
          aria-label={say('time.hours')}
        />
        <button type="submit" class="button small" disabled={busy.value}>
          {say('time.hours.pass')}
        </button>
      </form>
    </section>
  );
}
