import { useSignal } from '@preact/signals';
import { isLive } from '../api/live.ts';
import { chat } from '../phone/phone-state.ts';
import { CopyId } from '../shell/copy-id.tsx';
import { now } from '../time/time-now.ts';
import { say } from '../words/translate.ts';
import { StepRow } from './step-row.tsx';
import { chosen, isLost, trail } from './trail-state.ts';
import { rowsOf, timeScale } from './way.ts';
import { WaySummary } from './way-summary.tsx';

/** Beside the phone: the way of the chosen message, as it happens. */
export function Inspector() {
  const isWhole = useSignal(false);
  const way = trail.value;
  const rows = way ? rowsOf(way, { isWhole: isWhole.value }) : [];
  const place = timeScale(
    rows.map(({ step }) => step),
    now.value,
  );
  return (
    <section class="inspector card" aria-label={say('inspector.title')}>
      <header>
        <h2>{say('inspector.title')}</h2>
        <span class={`chip ${isLive.value ? 'good' : 'warn'}`}>
          {say(isLive.value ? 'inspector.live' : 'inspector.not-live')}
        </span>
        <label class="check">
          <input
            type="checkbox"
            checked={isWhole.value}
            onChange={(event) => {
              isWhole.value = event.currentTarget.checked;
            }}
          />
          {say('inspector.whole')}
        </label>
      </header>
      {way ? (
        <>
          <WaySummary trail={way} />
          <ol class="steps">
            {rows.map((row) => (
              <StepRow key={row.step.id} row={row} place={place} began={way.at} />
            ))}
          </ol>
          <ul class="ids">
            {way.keys.map((key) => (
              <li key={key}>
                <CopyId id={key} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="nothing">{say(nothing())}</p>
      )}
    </section>
  );
}

function nothing() {
  if (isLost.value) return 'inspector.lost';
  return chosen.value === null && chat.value?.messages.length
    ? 'inspector.choose'
    : 'inspector.empty';
}
