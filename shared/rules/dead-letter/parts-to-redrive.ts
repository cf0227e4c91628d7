import type { Delivery, Part } from '../../contract/delivery.ts';
import { isEnded, rankOf } from '../delivery/delivery-progress.ts';

/** What redriving a reply comes to, seen from its delivery. */
export type RedrivenReply =
  /** These parts wait to be sent; what has arrived stays. */
  | { kind: 'reopen'; parts: Record<string, Part> }
  /** A part is on its way: another job of the same reply is at work. */
  | { kind: 'at-work' }
  /** Nothing of it is to be sent. */
  | { kind: 'over'; reason: string };

/**
 * Which parts of a reply that was given up are sent after all. A part of which it is not known whether it
 * arrived goes again only where the channel sends such parts again. `now` in ms.
 */
export function partsToRedrive(
  { parts, part_count: partCount }: Pick<Delivery, 'parts' | 'part_count'>,
  unknownOutcome: 'resend' | 'report',
  now: number,
): RedrivenReply {
  const known = Object.entries(parts);
  const isUnknown = known.some(([, part]) => mayHaveLeft(part));
  if (isUnknown && unknownOutcome === 'report') {
    const reason = 'It may have reached the visitor, and the channel’s unknown_outcome is report.';
    return { kind: 'over', reason };
  }
  const lost = known.filter(([, part]) => wasGivenUp(part) || mayHaveLeft(part));
  if (lost.length > 0) {
    return {
      kind: 'reopen',
      parts: Object.fromEntries(lost.map(([index, part]) => [index, waiting(part, now)])),
    };
  }
  if (known.some(([, { status }]) => status === 'parked')) {
    return { kind: 'over', reason: 'It is parked, and goes when the visitor writes.' };
  }
  if (known.length < partCount || known.length === 0) return { kind: 'at-work' };
  if (known.some(([, { status }]) => !isEnded(status))) return { kind: 'at-work' };
  return { kind: 'over', reason: 'Each of its messages has its end already.' };
}

const wasGivenUp = ({ status, code, message_id }: Part): boolean =>
  status === 'failed' && code === 'given-up' && message_id === null;

const mayHaveLeft = ({ status, code, message_id }: Part): boolean =>
  status === 'failed' && code === 'outcome-unknown' && message_id === null;

/** How long it may wait counts anew; in which round it is, and how it goes, does not change. */
function waiting(part: Part, now: number): Part {
  const { by: _, unknowns: _u, ended: _e, retry_at: _r, ...kept } = part;
  return {
    ...kept,
    status: 'waiting',
    rank: rankOf('waiting'),
    code: null,
    reason: null,
    at: now,
    attempts: 0,
    released_at: now,
  };
}
