import type { ChannelOptions } from '../../contract/channel-options.ts';
import type { ParkedReply } from '../../contract/chat.ts';
import type { Delivery } from '../../contract/delivery.ts';
import type { DueJob } from '../../contract/jobs.ts';
import { idOf } from '../../kernel/hash.ts';
import { isWindowOpen, type WindowRecord } from './window.ts';

/** So many replies wait for one visitor at most; they stand in the chat's row. */
export const MOST_PARKED = 20;

/** Until when a reply may stay in the park, epoch milliseconds: its own `valid_for` may end sooner. */
export function parkedUntil(
  { accepted_at: acceptedAt }: Pick<Delivery, 'accepted_at'>,
  {
    validForSeconds,
    parkHours,
    now,
  }: {
    validForSeconds: number | null;
    parkHours: ChannelOptions['park_hours'];
    now: number;
  },
): number {
  const until = now + parkHours * 60 * 60 * 1000;
  return validForSeconds === null ? until : Math.min(until, acceptedAt + validForSeconds * 1000);
}

/**
 * What a look at the park finds of a reply that waits there (PROTOCOLS 18): its time is over unless the
 * visitor wrote before it was, however late the look is.
 */
export function lookAt(
  { until }: ParkedReply,
  window: WindowRecord,
  now: number,
): 'goes' | 'stays' | 'over' {
  const { last_inbound_at: wroteAt } = window;
  const isOpen = isWindowOpen(window, now);
  if (now >= until && !(isOpen && wroteAt !== null && wroteAt < until)) return 'over';
  return isOpen ? 'goes' : 'stays';
}

/**
 * The park with a reply in its place: in the order in which they were accepted, whatever order they were
 * refused in. One that stands in it keeps its place.
 */
export function withParked(parked: ParkedReply[], reply: ParkedReply): ParkedReply[] {
  const place = parked.findIndex(({ reply_id }) => reply_id === reply.reply_id);
  if (place !== -1) return parked.with(place, reply);
  const isLater = ({ accepted_at, index }: ParkedReply) =>
    accepted_at > reply.accepted_at || (accepted_at === reply.accepted_at && index > reply.index);
  const at = parked.findIndex(isLater);
  return at === -1 ? [...parked, reply] : parked.toSpliced(at, 0, reply);
}

/** The park without a reply. */
export const withoutParked = (parked: ParkedReply[], replyId: string): ParkedReply[] =>
  parked.filter(({ reply_id }) => reply_id !== replyId);

/** Whether a reply waits in a park. */
export const isInPark = (parked: ParkedReply[], replyId: string): boolean =>
  parked.some(({ reply_id }) => reply_id === replyId);

/** PROTOCOLS 18.1: the look at a park that finds this reply's time up. */
export const lookWhenOver = (
  { channel_id, chat_id, reply_id }: Pick<Delivery, 'channel_id' | 'chat_id' | 'reply_id'>,
  round: number,
  until: number,
): { id: string; at: number; job: DueJob } => ({
  id: idOf('due', 'park', channel_id, chat_id, reply_id, round),
  at: until,
  job: { kind: 'release', channel_id, chat_id },
});
