import { Personal } from '../masks/personal.tsx';
import { Fact, Facts } from '../shell/facts.tsx';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';
import { codeWords, type Part, PartState } from './part-state.tsx';

/** One message of a reply: how far it came, why it stopped, and what the provider said. */
export const PartCard = ({ part, place }: { part: Part; place: number }) => (
  <article class="card part-card" aria-label={say('reply.part', { n: place })}>
    <header class="turn-head">
      <h3>{say('reply.part', { n: place })}</h3>
      <PartState status={part.status} />
      {part.at && <time dateTime={part.at}>{moment(part.at)}</time>}
    </header>
    {part.code && (
      <p>
        {codeWords(part.code)} <code class="quiet">{part.code}</code>
      </p>
    )}
    <Facts>
      {part.reason && (
        <Fact name={say('reply.part.reason')}>
          <q lang="en">{part.reason}</q>
        </Fact>
      )}
      {part.attempts !== undefined && (
        <Fact name={say('reply.part.attempts')}>
          {say('reply.part.attempts.n', { n: part.attempts })}
        </Fact>
      )}
      {part.message_id && (
        <Fact name={say('reply.part.id')}>
          <code>
            <Personal text={part.message_id} />
          </code>
        </Fact>
      )}
      {part.pricing && (
        <Fact name={say('reply.part.pricing')}>
          <code>{JSON.stringify(part.pricing)}</code>
        </Fact>
      )}
    </Facts>
  </article>
);
