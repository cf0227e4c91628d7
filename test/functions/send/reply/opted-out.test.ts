import { afterEach, expect, test } from 'vitest';
import { type HttpAnswer, json } from '../../../../infra/local/http/serve.ts';
import type { Chat } from '../../../../shared/contract/chat.ts';
import { takeCallSlot } from '../../../../shared/store/channel/call-slots.ts';
import { markBlocked } from '../../../../shared/store/channel/channel-block.ts';
import { chatKey } from '../../../../shared/store/keys.ts';
import { updateItem } from '../../../../shared/store/table.ts';
import { FALLBACK, openParkStage } from '../park-stage.ts';

const stage = openParkStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const OPT_OUTS = {
  everything: { stop_word: { value: 'stop', at: 1 } },
  marketing: { marketing: { value: 'stop', at: 1 } },
} as const;
type OptOut = keyof typeof OPT_OUTS;

async function optOut(chat: Chat, what: OptOut): Promise<void> {
  const [[name, value] = ['', null]] = Object.entries(OPT_OUTS[what]);
  const key = chatKey(chat.channel_id, chat.id);
  await updateItem(stage.table, key, { update: `SET #${name} = :is`, values: { ':is': value } });
}
/** The provider's list of templates is this. Returns how often it was asked for. */
function list(answer: HttpAnswer): () => number {
  let asked = 0;
  removals.push(
    stage.provider.onRequest(({ path }) => {
      if (!path.startsWith('/message_templates')) return undefined;
      asked += 1;
      return answer;
    }),
  );
  return () => asked;
}
const templates = (...data: { name: string; category: string }[]) =>
  json(200, { data: data.map((one) => ({ language: 'en', status: 'APPROVED', ...one })) });
const listed = templates(
  { name: 'shipped', category: 'UTILITY' },
  { name: 'code', category: 'AUTHENTICATION' },
  { name: 'sale', category: 'MARKETING' },
);
const template = (name: string) => ({ type: 'template', name, language: 'en' });

// biome-ignore format: a table reads by column
const closed: { policy: string; out: OptOut; code: string }[] = [
  { policy: 'refuse',   out: 'everything', code: 'window-closed' },
  { policy: 'refuse',   out: 'marketing',  code: 'window-closed' },
  { policy: 'template', out: 'everything', code: 'opted-out' },
  { policy: 'template', out: 'marketing',  code: 'opted-out' },
  { policy: 'park',     out: 'everything', code: 'opted-out' },
  { policy: 'park',     out: 'marketing',  code: 'opted-out' },
];

test.each(
  closed,
)('the window is closed, policy $policy, opted out of $out: $code, and nothing goes', async ({
  policy,
  out,
  code,
}) => {
  const channel = await stage.channel({ if_window_closed: policy, fallback_template: FALLBACK });
  const chat = await stage.silent(channel);
  await optOut(chat, out);
  const job = await stage.say(chat, 'too late');
  expect(await stage.part(job)).toMatchObject({ status: 'refused', code });
  expect(stage.texts(chat)).toEqual([]);
  expect(await stage.parked(chat)).toEqual([]);
  expect(stage.news()).toMatchObject([{ status: 'refused', code }]);
});

test.each([
  'everything',
  'marketing',
] as const)('opted out of %s: an answer to the visitor’s own message goes', async (out) => {
  const chat = await stage.visitor(await stage.channel());
  await optOut(chat, out);
  const asked = list(listed);
  await stage.say(chat, 'your answer');
  expect(stage.texts(chat)).toEqual(['your answer']);
  expect(asked()).toBe(0);
});

// biome-ignore format: a table reads by column
const wishes: { what: unknown; out: OptOut; answer: HttpAnswer; goes: boolean; asks: number }[] = [
  { what: template('shipped'),    out: 'everything', answer: listed,                     goes: false, asks: 0 },
  { what: template('shipped'),    out: 'marketing',  answer: listed,                     goes: true,  asks: 1 },
  { what: template('code'),       out: 'marketing',  answer: listed,                     goes: true,  asks: 1 },
  { what: template('sale'),       out: 'marketing',  answer: listed,                     goes: false, asks: 1 },
  { what: template('unheard_of'), out: 'marketing',  answer: listed,                     goes: false, asks: 1 },
  { what: { type: 'raw', message: { type: 'template', template: { name: 'sale', language: { code: 'en' } } } }, out: 'marketing', answer: listed, goes: false, asks: 1 },
];

test.each(
  wishes,
)('opted out of $out, the template $what: goes = $goes, and 360dialog is asked $asks times', async ({
  what,
  out,
  answer,
  goes,
  asks,
}) => {
  const chat = await stage.visitor(await stage.channel());
  await optOut(chat, out);
  const asked = list(answer);
  const job = await stage.say(chat, what);
  expect(stage.texts(chat)).toHaveLength(goes ? 1 : 0);
  expect(asked()).toBe(asks);
  if (!goes) expect(await stage.part(job)).toMatchObject({ status: 'refused', code: 'opted-out' });
});

test.each([
  { status: 500, body: '' },
  { status: 429, body: '' },
  json(200, { odd: true }),
])('360dialog cannot list its templates: the template waits until it can', async (answer) => {
  const chat = await stage.visitor(await stage.channel());
  await optOut(chat, 'marketing');
  const asked = list(answer);
  const job = stage.job(chat, template('shipped'));
  expect(await stage.run(job)).toEqual({ waitMs: 30_000 });
  expect(asked()).toBe(1);
  expect(stage.texts(chat)).toEqual([]);
  for (const remove of removals.splice(0)) remove();
  list(listed);
  expect(await stage.deliver(job)).toEqual([]);
  expect(stage.texts(chat)).toHaveLength(1);
});

test('360dialog never lists its templates: the template expires after max_wait_minutes, unsent', async () => {
  const chat = await stage.visitor(await stage.channel({ max_wait_minutes: 1 }));
  await optOut(chat, 'marketing');
  list({ status: 503, body: '' });
  const job = stage.job(chat, template('shipped'));
  await stage.deliver(job);
  expect(await stage.part(job)).toMatchObject({ status: 'expired', code: 'expired' });
});

test('for a visitor who has not opted out the templates are not listed', async () => {
  const chat = await stage.silent(await stage.channel());
  const asked = list(listed);
  await stage.say(chat, template('sale'));
  expect(stage.texts(chat)).toEqual(['sale']);
  expect(asked()).toBe(0);
});

test('the templates of a blocked channel are not listed: the template waits', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  await optOut(chat, 'marketing');
  const since = stage.deps.now();
  await markBlocked(stage.table, channel, { code: 131042, reason: 'Pay the bill', since });
  const asked = list(listed);
  expect(await stage.run(stage.job(chat, template('shipped')))).toEqual({ waitMs: 60_000 });
  expect(asked()).toBe(0);
});

test('while the provider fails, or has no slot left for this channel, its list is not asked for', async () => {
  const now = stage.deps.now();
  const soon = now + 30_000;
  const failing = { provider_failures: 5, provider_single_call_at: soon };
  const slow = { provider_slow_until: now + 60_000 };
  for (const marks of [failing, slow]) {
    const channel = await stage.channel({}, marks);
    for (let slot = 0; slot < 4; slot++) {
      const place = { channelId: channel.id, pool: 'test' };
      const held = { limit: 4, holder: String(slot), until: now + 60_000, now, chance: () => 0 };
      await takeCallSlot(stage.table, place, held);
    }
    const chat = await stage.visitor(channel);
    await optOut(chat, 'marketing');
    const asked = list(listed);
    expect(await stage.run(stage.job(chat, template('shipped')))).toEqual({
      waitMs: expect.any(Number),
    });
    expect(asked()).toBe(0);
  }
});
