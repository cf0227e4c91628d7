import { useSignal } from '@preact/signals';
import { Inspector } from '../inspector/inspector.tsx';
import { say, type Word } from '../words/translate.ts';
import { armed } from './fault-state.ts';
import { FaultsPanel } from './faults-panel.tsx';
import { ScenarioPanel } from './scenario-panel.tsx';

type Tab = 'way' | 'faults' | 'scenario';
const TABS: { tab: Tab; word: Word }[] = [
  { tab: 'way', word: 'lab.way' },
  { tab: 'faults', word: 'faults.title' },
  { tab: 'scenario', word: 'scenario.title' },
];

/** Beside the phone: the way of a message, what one can let go wrong, and what is kept to be done again. */
export function Lab() {
  const shown = useSignal<Tab>('way');
  return (
    <div class="lab">
      <div class="tabs" role="tablist" aria-label={say('lab.label')}>
        {TABS.map(({ tab, word }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`lab-tab-${tab}`}
            aria-selected={shown.value === tab}
            aria-controls="lab-panel"
            tabIndex={shown.value === tab ? 0 : -1}
            onClick={() => {
              shown.value = tab;
            }}
            onKeyDown={({ key, currentTarget }) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
              if (!step) return;
              const at = TABS.findIndex((one) => one.tab === tab) + step + TABS.length;
              shown.value = (TABS[at % TABS.length] as { tab: Tab }).tab;
              const list = currentTarget.parentElement;
              list?.querySelector<HTMLElement>(`#lab-tab-${shown.value}`)?.focus();
            }}
          >
            {say(word)}
            {tab === 'faults' && armed.value > 0 && (
              <span class="count">{say('faults.count', { n: armed.value })}</span>
            )}
          </button>
        ))}
      </div>
      <div class="panel" id="lab-panel" role="tabpanel" aria-labelledby={`lab-tab-${shown.value}`}>
        {shown.value === 'way' && <Inspector />}
        {shown.value === 'faults' && <FaultsPanel />}
        {shown.value === 'scenario' && <ScenarioPanel />}
      </div>
    </div>
  );
}
