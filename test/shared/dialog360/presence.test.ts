import { expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import type { Account } from '../../../shared/dialog360/hosts.ts';
import { showPresence } from '../../../shared/dialog360/presence.ts';
import { useProviderStub } from '../../support/provider-stub.ts';

const provider = useProviderStub();
const limits = { reach: 'local', timeoutMs: 200 } as const;
const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.a/b+1' };
const typing = { ...read, typing_indicator: { type: 'text' } };

// biome-ignore format: a table reads by column
const cases: { hosting: Account['hosting']; typing: boolean; asks: string; body: object }[] = [
  { hosting: 'cloud',      typing: true,  asks: 'POST /base/messages',                       body: typing },
  { hosting: 'cloud',      typing: false, asks: 'POST /base/messages',                       body: read },
  { hosting: 'sandbox',    typing: true,  asks: 'POST /base/v1/messages',                    body: typing },
  { hosting: 'on-premise', typing: true,  asks: 'PUT /base/v1/messages/wamid.a%2Fb%2B1',     body: { status: 'read' } },
];

test.each(cases)('on $hosting, typing $typing: $asks', async ({ hosting, typing, asks, body }) => {
  provider.says(json(200, { success: true }));
  await showPresence(provider.account(hosting), { messageId: 'wamid.a/b+1', typing }, limits);
  expect(provider.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([asks]);
  expect(JSON.parse(String(provider.asked[0]?.body))).toEqual(body);
});

test.each([
  { status: 500 },
  'reset',
  'no-answer',
] as const)('whatever the provider does, the caller notices nothing: %s', async (answer) => {
  provider.says(answer);
  const shown = showPresence(provider.account(), { messageId: 'wamid.1', typing: true }, limits);
  await expect(shown).resolves.toBeUndefined();
});
