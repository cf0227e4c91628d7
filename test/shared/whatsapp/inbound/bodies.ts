import type { InboundItem, InboundMessage } from '../../../../shared/contract/inbound-item.ts';
import type { Json } from '../../../../shared/whatsapp/foreign-json.ts';
import { readWebhook } from '../../../../shared/whatsapp/inbound/read-webhook.ts';

export const ANNA = { phone: '491713920042', bsuid: 'DE.7340021985561204' };
export const JOERG = { phone: '491713920077', bsuid: 'DE.9917402233018846' };

/** One change in the Cloud envelope. */
export const change = (field: string, value: unknown): Json => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '245013377890121', changes: [{ field, value }] }],
});

/** A message from Anna, with what makes it one of its kind. */
export const message = (more: Json): Json => ({
  id: 'wamid.1',
  from: ANNA.phone,
  from_user_id: ANNA.bsuid,
  timestamp: '1791200060',
  ...more,
});

export const said = (...messages: unknown[]): Json => change('messages', { messages });

/** The one item of a body that holds one. */
export function onlyItem(body: Json): InboundItem {
  const [item, ...others] = readWebhook(body);
  if (!item || others.length > 0) throw new Error(`${others.length + 1} items instead of one`);
  return item;
}

/** The one message, as read from a v2 body. */
export function readOne(more: Json): InboundMessage {
  const item = onlyItem(said(message(more)));
  if (item.kind !== 'message') throw new Error(`a ${item.kind} instead of a message`);
  return item.message;
}
