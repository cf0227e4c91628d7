import { expect, test } from 'vitest';
import { readAnswer } from '../../shared/agent/wire/answer.ts';
import { agentInputSchema } from '../../shared/contract/agent-input.ts';
import { readReply } from '../../shared/contract/reply.ts';
import { read } from '../../shared/kernel/parse.ts';
import { shownHeaders } from '../../shared/rules/agent-event/shown-headers.ts';
import { replyJobs } from '../../shared/rules/delivery/reply-jobs.ts';
import { readWebhook } from '../../shared/whatsapp/inbound/read-webhook.ts';
import { readProviderError } from '../../shared/whatsapp/provider-errors.ts';
import { growsLinearly } from '../support/growth.ts';
import { cloudChange } from '../support/webhook-bodies.ts';

const many = <T>(size: number, make: (at: number) => T): T[] =>
  Array.from({ length: size }, (_, at) => make(at));
const id = (at: number) => `4917139${at}`;

/** Whatever reads lists of people we do not know, by how many things there are in them. */
const LISTS: Record<string, (size: number) => unknown> = {
  'messages and contacts': (size) =>
    readWebhook(
      cloudChange('messages', {
        contacts: many(size, (at) => ({ wa_id: id(at), profile: { name: 'Anna' } })),
        messages: many(size, (at) => ({
          from: id(at),
          id: id(at),
          type: 'text',
          text: { body: 'Hi' },
        })),
      }),
    ),
  statuses: (size) =>
    readWebhook(
      cloudChange('messages', {
        statuses: many(size, (at) => ({ id: id(at), status: 'sent', recipient_id: id(at) })),
      }),
    ),
  changes: (size) =>
    readWebhook({
      object: 'whatsapp_business_account',
      entry: many(size, () => ({ id: '1', changes: [{ field: 'messages', value: {} }] })),
    }),
  'errors of the provider': (size) =>
    readProviderError(
      400,
      JSON.stringify({ errors: many(size, (at) => ({ code: at, title: 'No' })) }),
    ),
  'replies of an answer': (size) => {
    const replies = many(size, (at) => ({ id: id(at), type: 'text', text: 'Hi' }));
    readAnswer({
      kind: 'answered',
      status: 200,
      headers: {},
      body: Buffer.from(JSON.stringify({ replies })),
    });
    return replyJobs({
      channelId: 'c',
      chatId: 'c',
      turnId: 't',
      eventId: 't',
      acceptedAt: 0,
      automatic: true,
      replies,
    });
  },
  'buttons of a reply': (size) =>
    readReply({
      type: 'buttons',
      text: 'Which?',
      buttons: many(size, (at) => ({ id: id(at), label: id(at) })),
    }),
  'headers of an agent': (size) =>
    read(agentInputSchema, {
      url: 'u',
      headers: Object.fromEntries(many(size, (at) => [id(at), 'x'])),
    }),
  'headers of an Incoming Request': (size) =>
    shownHeaders(Object.fromEntries(many(size, (at) => [`x-${at}`, 'x']))),
};

test.each(Object.entries(LISTS))('the time for %s is linear in their number', async (_, reader) => {
  expect(await growsLinearly(reader, 500)).toBe(true);
});
