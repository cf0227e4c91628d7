import { clock } from '../words/times.ts';
import { codeWords, type Part, PartState } from './part-state.tsx';

/** A message of a reply in one line: its state, why, and what the provider said. */
export const PartLine = ({ part: { status, code, reason, at } }: { part: Part }) => (
  <li class="part-line">
    <PartState status={status} />
    {at && <time dateTime={at}>{clock(at)}</time>}
    {code && <span>{codeWords(code)}</span>}
    {reason && (
      <q lang="en" class="breaks">
        {reason}
      </q>
    )}
  </li>
);
