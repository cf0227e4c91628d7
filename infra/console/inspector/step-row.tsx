import { Icon } from '../shell/icon.tsx';
import { now } from '../time/time-now.ts';
import { duration } from '../words/times.ts';
import { say } from '../words/translate.ts';
import { StepDetail } from './step-detail.tsx';
import { rowFacts, rowName, STEP_ICONS } from './step-words.ts';
import type { Row } from './way.ts';

/** One step: what it was, when it began, how long it took, and on request everything about it. */
export function StepRow({
  row,
  place,
  began,
}: {
  row: Row;
  place: (at: number) => number;
  began: number;
}) {
  const { step, depth } = row;
  const state = step.ok === null ? 'running' : step.ok ? 'good' : 'bad';
  const end = step.ended_at ?? now.value;
  const [from, to] = [place(step.at), place(step.ended_at ?? now.value)];
  const facts = rowFacts(step);
  return (
    <li class={`step depth-${depth} ${state} kind-${step.kind}`}>
      <details>
        <summary>
          <span class="dot">
            <Icon name={STEP_ICONS[step.kind]} size={16} />
          </span>
          <span class="name">
            {rowName(row)}
            <StateWord state={state} />
            {facts.length > 0 && <small>{facts.join(' · ')}</small>}
          </span>
          <Status step={row.step} />
          <span class="bar" aria-hidden="true">
            <i
              style={{
                left: `${from * 100}%`,
                width: `${Math.max(to - from, 0) * 100}%`,
              }}
            />
          </span>
          <span class="took">
            {step.ended_at === null ? say('step.running') : duration(end - step.at)}
            <small>+{duration(Math.max(0, step.at - began))}</small>
          </span>
        </summary>
        <StepDetail step={step} />
      </details>
    </li>
  );
}

const StateWord = ({ state }: { state: string }) => (
  <span class="unseen">{state === 'bad' ? `, ${say('step.failed')}` : ''}</span>
);

function Status({ step: { facts, ok } }: { step: Row['step'] }) {
  const { status } = facts;
  return (
    <span class="code">
      {status !== undefined && <span class={`chip ${ok ? 'good' : 'bad'}`}>{status}</span>}
    </span>
  );
}
