import { createHash } from 'node:crypto';

// The bodies a webhook receives, as the fixtures have them (docs/360dialog.md#webhook-bodies).

/** A visitor. */
export interface Person {
  /** Null: the visitor withholds it. */
  phone: string | null;
  bsuid: string;
  name: string;
}

export interface PlayedMessage {
  id: string;
  /** Epoch milliseconds. */
  sentAt: number;
  /** `type`, what that type holds, and perhaps `context` or `errors`. */
  content: { type: string } & Record<string, unknown>;
}

export interface StatusNews {
  messageId: string;
  status: 'sent' | 'delivered' | 'read' | 'failed';
  /** Epoch milliseconds. */
  at: number;
  callbackData: string | null;
  errors?: object[];
}

/** The two payload versions: the Cloud API's and that of the old API. */
export type Payload = 'v2' | 'v1';

/** The body for a message of a visitor. */
export function messageBody(
  payload: Payload,
  key: string,
  person: Person,
  message: PlayedMessage,
): object {
  const { phone, bsuid, name } = person;
  const head = { id: message.id, timestamp: seconds(message.sentAt) };
  const from = phone !== null && { from: phone };
  const contact = { profile: { name }, ...(phone !== null && { wa_id: phone }) };
  if (payload === 'v1') {
    return { contacts: [contact], messages: [{ ...from, ...head, ...message.content }] };
  }
  return cloudEnvelope(key, {
    contacts: [{ ...contact, user_id: bsuid }],
    messages: [{ ...from, from_user_id: bsuid, ...head, ...message.content }],
  });
}

/** The body for a status of a message of the business. */
export function statusBody(
  payload: Payload,
  key: string,
  { phone, bsuid }: { phone: string | null; bsuid: string },
  news: StatusNews,
): object {
  const status = {
    id: news.messageId,
    status: news.status,
    timestamp: seconds(news.at),
    ...(phone !== null && { recipient_id: phone }),
    ...(news.errors && { errors: news.errors }),
  };
  if (payload === 'v1') return { statuses: [{ ...status, type: 'message' }] };
  const priced = news.status === 'sent' || news.status === 'delivered';
  return cloudEnvelope(key, {
    // A failure does not name the visitor (docs/360dialog.md#users-without-a-phone-number).
    ...(news.status !== 'failed' && {
      contacts: [{ ...(phone !== null && { wa_id: phone }), user_id: bsuid }],
    }),
    statuses: [
      {
        ...status,
        ...(news.status !== 'failed' && { recipient_user_id: bsuid }),
        ...(priced && {
          pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
        }),
        ...(news.callbackData !== null && { biz_opaque_callback_data: news.callbackData }),
      },
    ],
  });
}

function cloudEnvelope(key: string, value: object): object {
  const metadata = {
    display_phone_number: businessPhone(key),
    phone_number_id: digits(key, 15),
  };
  const change = {
    value: { messaging_product: 'whatsapp', metadata, ...value },
    field: 'messages',
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '245013377890121', changes: [change] }],
  };
}

/** The business's invented number. */
export const businessPhone = (key: string): string => `4930${digits(key, 8)}`;

/** An invented business-scoped user id: another one for each business. */
export const bsuidOf = (key: string, phone: string): string =>
  `DE.${digits(`${key} ${phone}`, 16)}`;

/** Digits made of a text, always the same ones, which do not begin with zero. */
const digits = (words: string, length: number): string =>
  `1${BigInt(`0x${createHash('sha256').update(words).digest('hex')}`)}`.slice(0, length);

const seconds = (ms: number) => String(Math.floor(ms / 1000));
