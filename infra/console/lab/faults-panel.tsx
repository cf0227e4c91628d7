import type { FaultName } from '../../local/faults/fault.ts';
import { sandbox } from '../api/sandbox.ts';
import { orFault } from '../phone/phone-state.ts';
import { say } from '../words/translate.ts';
import { armed, faults, GROUPS } from './fault-state.ts';

/** Lets things go wrong with the next messages, and says what will be seen. */
export function FaultsPanel() {
  return (
    <section class="fault-panel card" aria-labelledby="faults-title">
      <header>
        <h2 id="faults-title">{say('faults.title')}</h2>
        {armed.value > 0 && (
          <button
            type="button"
            class="button small"
            onClick={() => orFault(() => sandbox.disarm(null))}
          >
            {say('faults.all-off')}
          </button>
        )}
      </header>
      <p class="hint">{say('faults.hint')}</p>
      {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
        <div key={group} class="fault-group">
          <h3>{say(`faults.${group}`)}</h3>
          <ul>
            {GROUPS[group].map((name) => (
              <FaultRow key={name} name={name} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function FaultRow({ name }: { name: FaultName }) {
  const state = faults.value.find(({ fault }) => fault === name);
  const left = state ? state.left : 0;
  const isOn = left !== 0;
  const title = say(`fault.${name}`);
  return (
    <li class={isOn ? 'on' : ''}>
      <div>
        <strong>{title}</strong>
        {isOn && (
          <span class="chip bad">
            {left === null ? say('faults.always.on') : say('faults.next.on', { n: left })}
          </span>
        )}
        <p>{say(`fault.${name}.seen`)}</p>
      </div>
      <div class="row">
        {isOn ? (
          <button
            type="button"
            class="button small"
            aria-label={`${title}: ${say('faults.off')}`}
            onClick={() => orFault(() => sandbox.disarm(name))}
          >
            {say('faults.off')}
          </button>
        ) : (
          <>
            <button
              type="button"
              class="button small"
              aria-label={`${title}: ${say('faults.next')}`}
              onClick={() => orFault(() => sandbox.arm(name))}
            >
              {say('faults.next')}
            </button>
            <button
              type="button"
              class="button small"
              aria-label={`${title}: ${say('faults.always')}`}
              onClick={() => orFault(() => sandbox.arm(name, null))}
            >
              {say('faults.always')}
            </button>
          </>
        )}
      </div>
    </li>
  );
}
