import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PlayStage, startPlay } from '../../../../support/play.ts';

let stage: PlayStage;
beforeEach(async () => {
  stage = await startPlay();
});
afterEach(() => stage.stop());

const from = '491700000001';
const say = (to = '+491700000001') => stage.send({ to, type: 'text', text: { body: 'Hi' } });
const sayTheOldWay = () =>
  stage.send({ to: from, type: 'text', text: { body: 'Hi' } }, '/v1/messages');

// biome-ignore format: a table reads by column
const outcomes: { what: string; next: object; code: number; old?: number; words: RegExp }[] = [
  { what: 'a late failure',          next: {},                              code: 131049, words: /^The next message to \+491700000001 is accepted and fails later: 131049/ },
  { what: 'a code of one’s own',     next: { code: 131053 },                code: 131053, words: /131053, Media upload error/ },
  { what: 'a number without WhatsApp', next: { outcome: 'no-whatsapp' },    code: 131026, old: 1013, words: /131026, Message undeliverable/ },
  { what: 'a closed window',         next: { outcome: 'window-closed' },    code: 131047, old: 470,  words: /131047, Re-engagement message/ },
];

test.each(outcomes)('a play has the next message end in $what', async ({ next, code, words }) => {
  const { body } = await stage.play({ from, text: 'Hello', next });
  expect(body.next).toMatch(words);
  expect((await say()).status).toBe(200);
  await say();
  await stage.provider.double.idle();
  expect(stage.statuses[0]).toMatchObject({ status: 'failed', errors: [{ code }] });
  expect(stage.statuses.map(({ status }) => status).toSorted()).toEqual([
    'delivered',
    'failed',
    'read',
    'sent',
  ]);
  const line = (await stage.chat(from)).messages[1];
  expect(line?.statuses).toEqual(['accepted', 'failed']);
  expect(line?.history[1]).toMatchObject({ status: 'failed', code, reason: expect.any(String) });
});

test.each(outcomes)('in the old API $what has the old code', async ({ next, code, old = code }) => {
  await stage.play({ from, payload: 'v1', text: 'Hello', next });
  await sayTheOldWay();
  await stage.provider.double.idle();
  expect(stage.statuses).toMatchObject([
    { status: 'failed', type: 'message', errors: [{ code: old, details: expect.any(String) }] },
  ]);
});

test('a message can be refused at once, in the words of either API', async () => {
  const next = { outcome: 'window-closed', at_once: true, times: 2 };
  expect((await stage.play({ from, text: 'Hello', next })).body.next).toMatch(
    /^Each of the next 2 messages to \+491700000001 is refused: 131047/,
  );
  expect(await say()).toMatchObject({ status: 400, body: { error: { code: 131047 } } });
  expect(await sayTheOldWay()).toMatchObject({ status: 400, body: { errors: [{ code: 470 }] } });
  expect((await say()).status).toBe(200);
});

test('an outcome for a number that has not written waits for it, is listed, and can be taken back', async () => {
  const wanted = { to: '+49 171 0000002', outcome: 'no-whatsapp' };
  const answer = await stage.play(wanted, '/outcomes');
  expect(answer.body.next).toMatch(/to \+491710000002 is accepted and fails later: 131026/);
  await say();
  await stage.provider.double.idle();
  expect(stage.statuses.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
  expect(await stage.call('/outcomes')).toMatchObject({ body: { waiting: [answer.body.next] } });

  await say('+491710000002');
  await stage.provider.double.idle();
  expect(stage.statuses.at(-1)).toMatchObject({ status: 'failed', errors: [{ code: 131026 }] });
  expect(await stage.call('/outcomes')).toMatchObject({ body: { waiting: [] } });

  await stage.play({}, '/outcomes');
  expect(await stage.call('/outcomes', { method: 'DELETE' })).toMatchObject({
    body: { waiting: [] },
  });
  expect((await stage.play({ outcome: 'lost' }, '/outcomes')).status).toBe(422);
});

test.each([
  'bla',
  '0171 3920042',
])('an outcome for “%s” is refused with what a visitor is named by', async (who) => {
  const { status, body } = await stage.play({ to: who }, '/outcomes');
  expect(status).toBe(422);
  const detail = expect.stringMatching(
    /^must be a phone number with country code, like \+49 .+ DE\./,
  );
  expect(body.errors).toEqual([{ path: 'to', detail }]);
  expect(body.example).toEqual({ to: '+49 170 0000001', outcome: 'no-whatsapp' });
});

test('a message from yesterday is played with an old time', async () => {
  const { body } = await stage.play({ from, text: 'Hello', hours_ago: 25 });
  expect(body.became).toMatch(/sent 25 hours ago$/);
  const sentAt = Number(stage.posted[0]?.message.timestamp);
  expect(Date.now() / 1000 - sentAt).toBeGreaterThanOrEqual(25 * 3600);
});
