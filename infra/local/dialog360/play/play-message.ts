import { randomBytes } from 'node:crypto';
import type { Finding } from '../../../../shared/kernel/failure.ts';
import type { DoubleAccount } from '../account.ts';
import type { ChatLine } from '../chat/chat-line.ts';
import type { Dialog360Double } from '../double.ts';
import { post, postToWebhook } from '../webhook.ts';
import { bsuidOf, messageBody } from '../webhook-bodies.ts';
import { makeMessage } from './make-message.ts';
import { type Behind, isOver, type NotShown, notShown } from './not-shown.ts';
import { playOutcome } from './play-outcome.ts';
import type { ContentName, Play } from './play-schema.ts';
import { untilQuiet } from './until-quiet.ts';

export interface Played {
  /** What the visitor did, in words. */
  played: string;
  /** What the webhook got, in words. */
  became: string;
  /** What becomes of the next message, where something else than usual is wanted. */
  next?: string;
  message_id: string;
  /** The status the webhook answered; 0 when it did not answer. */
  webhook: { status: number; ms: number };
  /** What the phone received until it was quiet; absent with `wait` off. */
  replies?: ShortLine[];
  /** What became of it that the phone does not show; absent where there is nothing of it. */
  not_shown?: NotShown[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const WAIT_MS = 10_000;
/** After what changes another message, which agents seldom answer. */
const UPDATE_WAIT_MS = 2_000;

/**
 * Plays a visitor: posts the message to the webhook of `account` and waits for the
 * replies, ten seconds at most. A webhook that does not answer 200 gets it again, as from the provider. What
 * cannot be played is a finding.
 */
export async function playMessage(
  double: Dialog360Double,
  account: DoubleAccount,
  { play, name }: { play: Play; name: ContentName },
  { wait = true, behind }: { wait?: boolean; behind: Behind },
): Promise<Played | Finding> {
  const phone = play.from ?? null;
  const bsuid = play.bsuid ?? bsuidOf(account.key, phone ?? '');
  const person = phone ?? bsuid;
  const lateMs = double.arrivals.take('day-late') ? DAY_MS : 0;
  const sentAt = timeOf(play, double.now()) - lateMs;
  const made = makeMessage(play, name, { account, person, sentAt });
  if ('path' in made) return made;

  const since = double.now();
  double.changes.emit('played', { token: account.key, person, play });
  const id = play.id ?? newMessageId(play.payload);
  const next = play.next && playOutcome(double, { key: account.key, person }, play.next);
  const heard = account.chat(person).length;
  const isRepeat = account.chat(person).some(({ message_id }) => message_id === id);
  if (made.line && !isRepeat) {
    const at = new Date(sentAt).toISOString();
    const blank = { statuses: [], history: [], reactions: [] };
    const line: ChatLine = { from: 'user', message_id: id, at, ...blank, ...made.line };
    account.chats.write(person, line, play.name);
  }
  made.change?.();
  double.changed(account.key, person);
  double.tell(`message in (${told(made.content.type, made.line?.text)})`, { phone, bsuid });

  const visitor = { phone, bsuid, name: play.name };
  const body = messageBody(play.payload, account.key, visitor, {
    id,
    sentAt,
    content: made.content,
  });
  const webhook = await postOnce(double, account, person, body);
  if (double.arrivals.take('twice')) await postOnce(double, account, person, body);
  const played: Played = {
    played: `${play.name} (${phone === null ? bsuid : `+${phone}`}) ${made.words}.`,
    became: becameOf(play, made.content.type, isRepeat),
    ...(next && { next }),
    message_id: id,
    webhook,
  };
  if (!wait) return played;
  const replies = () =>
    account
      .chat(person)
      .slice(heard)
      .filter((line) => line.from === 'business');
  const unseen = () => notShown(behind, person, since);
  await untilQuiet(double, replies, {
    waitMs: made.line ? (behind.waitMs ?? WAIT_MS) : UPDATE_WAIT_MS,
    isOver: () => isOver(unseen()) && behind.isResting(),
  });
  const not_shown = unseen();
  return {
    ...played,
    replies: replies().map(short),
    ...(not_shown.length > 0 && { not_shown }),
  };
}

/** A reply as it is read at a terminal: with its failure in words, without times. */
type ShortLine = Omit<ChatLine, 'history' | 'reactions'> & { failed?: string };

function short({ history, reactions: _, ...line }: ChatLine): ShortLine {
  const { code, reason } = history.at(-1) ?? {};
  return { ...line, ...(code !== undefined && { failed: `${code} ${reason}` }) };
}

const timeOf = ({ timestamp, hours_ago }: Play, now: number): number =>
  timestamp === undefined ? now - (hours_ago ?? 0) * 3_600_000 : timestamp * 1000;

/** The number of characters only: what a visitor writes stays off the terminal. */
const told = (type: string, text: string | undefined): string =>
  type === 'text' ? `${text?.length} characters` : type;

const becameOf = ({ payload, hours_ago }: Play, type: string, isRepeat: boolean): string =>
  `a webhook body ${payload} with a message of type ${type}` +
  `${hours_ago ? `, sent ${hours_ago} hours ago` : ''}${isRepeat ? ', a repeat' : ''}`;

async function postOnce(
  double: Dialog360Double,
  account: DoubleAccount,
  person: string,
  body: object,
): Promise<Played['webhook']> {
  const begun = Date.now();
  const webhook = account.webhook ?? { url: '', headers: {} };
  const status = await post(webhook.url, webhook.headers, JSON.stringify(body), double.stopped);
  const ms = Date.now() - begun;
  if (status !== 200) {
    double.tell(`the webhook answered ${status || 'nothing'}; it gets the message again`, {
      phone: person,
    });
    double.isBusyUntil(postToWebhook(webhook, body, double.stopped));
  }
  return { status, ms };
}

const newMessageId = (payload: Play['payload']): string =>
  payload === 'v2'
    ? `wamid.${randomBytes(36).toString('base64')}`
    : `ABGG${randomBytes(10).toString('hex')}`;
