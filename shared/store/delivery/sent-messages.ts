import type { InboundStatus } from '../../contract/inbound-item.ts';
import type { Round } from '../../rules/delivery/callback-data.ts';
import { withoutWords } from '../../whatsapp/provider-errors.ts';
import { DELIVERY_DAYS, expiry, sentMessageKey } from '../keys.ts';
import { deleteItem, getItem, type Table, updateItem } from '../table.ts';

/** What is known of one message id of the provider. */
export interface SentMessage {
  /** Which part of ours it is; null until the sender has recorded the send. */
  owner: MessageOwner | null;
  /** A person wrote it in the WhatsApp Business app. */
  human: boolean;
  /**
   * Statuses that came without our callback data, before the sender recorded the send or after it: without
   * recipient and words.
   */
  early: InboundStatus[];
}

/** The part a message belongs to; `id` is the agent's own id for the reply. */
export interface MessageOwner {
  chatId: string;
  replyId: string;
  part: number;
  round: Round;
  id: string | null;
}

interface MessageId {
  channelId: string;
  messageId: string;
}

/** PROTOCOLS 4.4: notes which part a message id is. Returns the early statuses with it. `now` in ms. */
export async function recordSentMessage(
  table: Table,
  { channelId, messageId }: MessageId,
  owner: MessageOwner,
  now: number,
): Promise<SentMessage> {
  const item = await updateItem<StoredMessage>(table, sentMessageKey(channelId, messageId), {
    update:
      'SET #chat_id = :chat, #reply_id = :reply, #part = :part, #own_id = :id, #round = :round, #expires_at = :expires',
    values: {
      ':chat': owner.chatId,
      ':reply': owner.replyId,
      ':part': owner.part,
      ':id': owner.id,
      ':round': owner.round,
      ':expires': expiry(now, DELIVERY_DAYS).expires_at,
    },
  });
  return whole(messageId, item);
}

/**
 * PROTOCOLS 5.1': notes a status without our callback data. Returns whose it is, if that is known. It may
 * come after the chat was erased, so what is kept of it names no visitor.
 */
export async function recordEarlyStatus(
  table: Table,
  channelId: string,
  status: InboundStatus,
  now: number,
): Promise<SentMessage> {
  const item = await updateItem<StoredMessage>(
    table,
    sentMessageKey(channelId, status.message_id),
    {
      update:
        'SET #early = if_not_exists(#early, :status), #expires_at = if_not_exists(#expires_at, :expires)',
      names: { '#early': `${EARLY}${status.status}` },
      values: {
        ':status': asText(bare(status)),
        ':expires': expiry(now, DELIVERY_DAYS).expires_at,
      },
    },
  );
  return whole(status.message_id, item);
}

/** PROTOCOLS 7.1: notes that a person wrote this message. `now` in ms. */
export async function recordHumanMessage(
  table: Table,
  { channelId, messageId }: MessageId,
  now: number,
): Promise<void> {
  await updateItem(table, sentMessageKey(channelId, messageId), {
    update: 'SET #human = :true, #expires_at = :expires',
    values: { ':true': true, ':expires': expiry(now, DELIVERY_DAYS).expires_at },
  });
}

/** What is known of a message, for example one the visitor quotes; null: nothing. */
export async function findSentMessage(
  table: Table,
  { channelId, messageId }: MessageId,
  { consistent = false } = {},
): Promise<SentMessage | null> {
  const key = sentMessageKey(channelId, messageId);
  const item = await getItem<StoredMessage>(table, key, { consistent });
  return item && whole(messageId, item);
}

/** PROTOCOLS 13.4: forgets a message of an erased chat. */
export async function forgetSentMessage(
  table: Table,
  { channelId, messageId }: MessageId,
): Promise<void> {
  await deleteItem(table, sentMessageKey(channelId, messageId));
}

/** Each status has an attribute of its own, as JSON, so that two at once never overwrite each other. */
const EARLY = 'early_';

/** Five of them, and all else, share one item of 400 KB. */
const LONGEST_STATUS = 32_768;

function asText(status: BareStatus): string {
  const text = JSON.stringify(status);
  if (text.length <= LONGEST_STATUS) return text;
  const { pricing, errors, ...rest } = status;
  return JSON.stringify({ ...rest, errors: errors.slice(0, 1) } satisfies BareStatus);
}

type StoredMessage = {
  chat_id?: string;
  reply_id?: string;
  part?: number;
  own_id?: string | null;
  round?: Round;
  human?: boolean;
} & Record<`early_${string}`, string>;

/** What is kept of an early status. The id of its message names a phone, so it stands only in the key, hashed. */
type BareStatus = Omit<InboundStatus, 'message_id' | 'callback' | 'recipient'>;

const bare = ({ status, at, errors, pricing }: InboundStatus): BareStatus => ({
  status,
  at,
  errors: errors.map(withoutWords),
  ...(pricing && { pricing }),
});

const NO_RECIPIENT = { phone: null, bsuid: null, username: null };

function whole(messageId: string, item: StoredMessage | null): SentMessage {
  const { chat_id: chatId, reply_id: replyId, part, own_id: id = null } = item ?? {};
  const { round = 0, human = false } = item ?? {};
  return {
    owner: chatId && replyId && part !== undefined ? { chatId, replyId, part, round, id } : null,
    human,
    early: Object.entries(item ?? {})
      .filter(([attribute]) => attribute.startsWith(EARLY))
      .map(([, status]) => ({
        ...(JSON.parse(status as string) as BareStatus),
        message_id: messageId,
        callback: null,
        recipient: NO_RECIPIENT,
      })),
  };
}
