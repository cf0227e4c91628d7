import type { ChatRecord } from '../../shared/contract/chat-record.ts';
import type { ChatView } from '../../shared/contract/chat-view.ts';
import type { ReplyView } from '../../shared/contract/reply-view.ts';
import { table } from './table.ts';

/** A chat as a person reads it. */
export const chatText = (found: ChatView): string =>
  table(
    [
      ['chat', found.chat_id],
      ['name', found.name || 'not known'],
      ['phone', found.identity.phone ?? 'not known'],
      ['WhatsApp id', found.identity.bsuid ?? 'not known'],
      ['created', found.created_at],
      ['last wrote', found.last_inbound_at ?? 'never'],
      ['window', found.window.open ? `open until ${found.window.until}` : 'closed'],
      ['dialog', found.dialog],
      ...(found.paused_until ? [['paused until', found.paused_until]] : []),
      ...(found.held_by ? [['held by', found.held_by]] : []),
      ...(found.parked > 0 ? [['parked replies', String(found.parked)]] : []),
      ...(found.opted_out ? [['opted out of', found.opted_out]] : []),
    ],
    '  ',
  );

/** More turns than a person reads at once. */
const NEWEST = 10;

/** The newest turns of a chat, and what became of each reply. */
export function turnsText({ turns, dead_letters: letters }: ChatRecord): string {
  const shown = turns
    .slice(0, NEWEST)
    .map(({ begun_at, event_id, outcome, replies }) =>
      [
        `  ${begun_at}  ${event_id}  ${endOf(outcome)}`,
        ...replies.map(
          (reply) => `    ${reply.reply_id}  ${reply.parts.map(partText).join(', ') || 'queued'}`,
        ),
      ].join('\n'),
    );
  const given = letters.map(({ id, code }) => `  ${id}  ${code}`);
  return [
    ...(shown.length > 0 ? ['', 'Newest turns', ...shown] : []),
    ...(given.length > 0 ? ['', 'Dead letters', ...given] : []),
  ].join('\n');
}

/** A reply as a person reads it: each of its messages, and why it is where it is. */
export const replyText = ({
  reply_id,
  id,
  event_id,
  chat_id,
  accepted_at,
  parts,
  notes,
  ...more
}: ReplyView) =>
  [
    table(
      [
        ['reply', reply_id],
        ...(id === null ? [] : [['your id', id]]),
        ...(event_id === null ? [] : [['event', event_id]]),
        ['chat', chat_id],
        ['accepted', accepted_at],
        ...(notes.length > 0 ? [['notes', notes.join(', ')]] : []),
        ...(more.fallback_reply_id ? [['template sent', more.fallback_reply_id]] : []),
      ],
      '  ',
    ),
    '',
    ...(parts.length > 0
      ? parts.map((part, at) => `  message ${at + 1}  ${part.at ?? ''}  ${partText(part)}`)
      : ['  It is queued: the sender has not looked at it yet.']),
  ].join('\n');

const partText = ({ status, code, reason }: ReplyView['parts'][number]): string =>
  [status, ...(code ? [`(${code}${reason ? `: ${reason}` : ''})`] : [])].join(' ');

/** How a turn ended, in a word; its words stay where they are. */
function endOf(outcome: unknown): string {
  const { kind, code } = (outcome ?? {}) as { kind?: string; code?: string };
  return kind === undefined ? 'not ended' : code ? `${kind} (${code})` : kind;
}
