import type { ComponentChildren } from 'preact';
import type { Exchange, Step } from '../../local/inspector/trail.ts';
import { CopyButton } from '../shell/copy-button.tsx';
import { exactClock } from '../words/times.ts';
import { say, type Word } from '../words/translate.ts';
import { asCurl } from './as-curl.ts';
import { Json } from './json.tsx';
import { ReplayButtons } from './replay-buttons.tsx';

/** Everything about a step: what came in, what went out, what was logged. */
export const StepDetail = ({ step: { kind, request, answer, log } }: { step: Step }) => (
  <div class="detail">
    {request && (
      <Part title="detail.request" exchange={request}>
        {kind === 'webhook' && <ReplayButtons exchange={request} />}
      </Part>
    )}
    {answer && <Part title="detail.answer" exchange={answer} />}
    {log.length > 0 && (
      <section>
        <h3>{say('detail.log')}</h3>
        <ul class="log">
          {log.map((entry) => (
            <li key={`${entry.at} ${entry.name}`} class={entry.level.toLowerCase()}>
              <time>{exactClock(entry.at)}</time> <strong>{entry.name}</strong>{' '}
              <span>{factsOf(entry.facts)}</span>
            </li>
          ))}
        </ul>
      </section>
    )}
  </div>
);

const factsOf = (facts: Record<string, unknown>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('  ');

const Part = ({
  title,
  exchange,
  children,
}: {
  title: Word;
  exchange: Exchange;
  children?: ComponentChildren;
}) => (
  <section>
    <h3>{say(title)}</h3>
    {exchange.method && (
      <p class="mono">
        {exchange.method} {exchange.url}
      </p>
    )}
    {exchange.body !== null && <Json value={exchange.body} />}
    {exchange.method && exchange.url && (
      <div class="row">
        <CopyButton text={() => asCurl(exchange)}>{say('detail.curl')}</CopyButton>
        {children}
      </div>
    )}
  </section>
);
