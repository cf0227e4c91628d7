// Bodies as the provider posts them, for journeys: what a visitor writes, in both payload versions.
import { createHash } from 'node:crypto';

export interface Said {
  phone: string;
  text: string;
  id: string;
  name?: string;
  /** Epoch milliseconds; by default now. */
  sentAt?: number;
}

/** A Cloud envelope with one change of any field. */
export const cloudChange = (field: string, value: Record<string, unknown>) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '245013377890121',
      changes: [
        {
          field,
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '493023125100', phone_number_id: '118820345671209' },
            ...value,
          },
        },
      ],
    },
  ],
});

/** The visitor as the payload names them; what is left out is withheld. */
interface Sender {
  user_id?: string;
  wa_id?: string;
  username?: string;
  name?: string;
}

/** A Cloud envelope with one message of any type; system messages have no sender. */
export const cloudMessage = (sender: Sender | null, message: Record<string, unknown>) => {
  const { user_id, wa_id, username, name = 'Anna' } = sender ?? {};
  return cloudChange('messages', {
    ...(sender && {
      contacts: [
        {
          profile: { name, ...(username && { username }) },
          ...(wa_id && { wa_id }),
          ...(user_id && { user_id }),
        },
      ],
    }),
    messages: [
      {
        timestamp: String(Math.floor(Date.now() / 1000)),
        ...(wa_id && { from: wa_id }),
        ...(user_id && { from_user_id: user_id }),
        ...message,
      },
    ],
  });
};

/**
 * A text of a visitor whose phone number and BSUID are both shown, as usual
 * (fixtures/v2/text.json).
 */
export const cloudText = ({ phone, text, id, name = 'Anna', sentAt = Date.now() }: Said) =>
  cloudMessage(
    { wa_id: phone, user_id: bsuidOf(phone), name },
    { id, timestamp: String(Math.floor(sentAt / 1000)), type: 'text', text: { body: text } },
  );

/** The same in payload version v1, a flat body (fixtures/v1/text.json). */
export const flatText = ({ phone, text, id, name = 'Anna', sentAt = Date.now() }: Said) => ({
  contacts: [{ profile: { name }, wa_id: phone }],
  messages: [
    {
      from: phone,
      id,
      timestamp: String(Math.floor(sentAt / 1000)),
      type: 'text',
      text: { body: text },
    },
  ],
});

/** An invented BSUID, the same for the same phone. */
export const bsuidOf = (phone: string) =>
  `DE.${BigInt(`0x${createHash('sha256').update(phone).digest('hex').slice(0, 12)}`)}`;
