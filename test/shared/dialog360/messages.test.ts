import { expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../../infra/local/http/serve.ts';
import { type SendOutcome, sendMessage } from '../../../shared/dialog360/messages.ts';
import { useProviderStub } from '../../support/provider-stub.ts';

const provider = useProviderStub();
const limits = { reach: 'local', timeoutMs: 200 } as const;
const message = { messaging_product: 'whatsapp', to: '+491713920042', type: 'text' };

const accepted = (more: object = {}) => json(200, { messages: [{ id: 'wamid.1' }], ...more });
const refused = (code: number, next: string, retryAfterMs: number | null = null) => ({
  kind: 'refused',
  refusal: expect.objectContaining({ code, next }),
  retryAfterMs,
});

// biome-ignore format: a table reads by column
const cases: { when: string; answer: HttpAnswer; is: SendOutcome | object; failed?: true }[] = [
  { when: 'it is accepted',                 answer: accepted({ contacts: [{ input: '+491713920042', wa_id: '491713920042' }] }), is: { kind: 'accepted', messageId: 'wamid.1', waId: '491713920042' } },
  { when: 'it is accepted for a BSUID',     answer: accepted({ contacts: [{ input: 'DE.1', user_id: 'DE.1' }] }),                is: { kind: 'accepted', messageId: 'wamid.1', waId: null } },
  { when: 'the old API accepts it',         answer: json(201, { messages: [{ id: 'gBGG1' }], meta: {} }),                        is: { kind: 'accepted', messageId: 'gBGG1', waId: null } },
  { when: 'a template is held for its quality', answer: json(200, { messages: [{ id: 'wamid.1', message_status: 'held_for_quality_assessment' }] }), is: { kind: 'accepted', messageId: 'wamid.1', waId: null } },
  { when: 'a 200 names no message',         answer: json(200, { success: true }),                                                is: { kind: 'unknown', reason: 'the answer names no message' } },
  { when: 'a 200 is not JSON',              answer: { status: 200, body: '<html>' },                                             is: { kind: 'unknown', reason: 'the answer names no message' } },
  { when: 'a 200 holds an error of Meta',   answer: json(200, { error: { code: 131047, message: 'Re-engagement' } }),            is: refused(131047, 'window') },
  { when: 'a 200 holds an error in a detail', answer: json(200, { detail: { error: { code: 131056, message: 'Too fast' } } }),   is: refused(131056, 'retry') },
  { when: 'a 201 of the old API lists errors', answer: json(201, { meta: {}, errors: [{ code: 1013, title: 'Not valid' }] }),     is: refused(1013, 'final') },
  { when: 'a 200 holds the gateway’s refusal', answer: json(200, { meta: { success: false, http_code: 401, developer_message: 'Invalid api_key' } }), is: refused(401, 'account') },
  { when: 'it is accepted with an error beside', answer: accepted({ errors: [{ code: 131000 }] }),                               is: { kind: 'accepted', messageId: 'wamid.1', waId: null } },
  { when: 'the window is closed',           answer: json(400, { error: { code: 131047, message: 'Re-engagement' } }),            is: refused(131047, 'window') },
  { when: 'the pace is too high',           answer: { status: 429, headers: { 'retry-after': '3' }, body: '' },                  is: refused(429, 'retry', 3_000) },
  { when: 'Meta is away, in its own words', answer: json(500, { error: { code: 131016, message: 'Service unavailable' } }),      is: refused(131016, 'retry'), failed: true },
  { when: 'it did not wait for itself',     answer: { status: 408, body: '' },                                                   is: { kind: 'unknown', reason: 'HTTP 408' } },
  { when: 'the gateway is away',            answer: { status: 502, body: '<html>' },                                             is: { kind: 'unknown', reason: 'HTTP 502' }, failed: true },
  { when: 'the connection breaks',          answer: 'reset',                                                                     is: { kind: 'unknown', reason: 'reset' }, failed: true },
  { when: 'the provider does not answer',   answer: 'no-answer',                                                                 is: { kind: 'unknown', reason: 'timeout' }, failed: true },
];

test.each(cases)('when $when', async ({ answer, is, failed = false }) => {
  provider.says(answer);
  expect(await sendMessage(provider.account(), message, limits)).toEqual({ ...is, failed });
  expect(JSON.parse(String(provider.asked[0]?.body))).toEqual(message);
});

test('where no server listens, nothing left', async () => {
  const away = { ...provider.account(), base_url: 'http://127.0.0.1:9' };
  expect(await sendMessage(away, message, limits)).toEqual({
    kind: 'not-sent',
    reason: 'ECONNREFUSED',
    failed: true,
  });
});

test('an address that may not be reached says nothing of the provider', async () => {
  const reserved = { ...provider.account(), base_url: 'http://127.0.0.1:9' };
  expect(await sendMessage(reserved, message, { ...limits, reach: 'public' })).toMatchObject({
    kind: 'not-sent',
    failed: false,
  });
});
