import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

const stage = openStage();
const created = async (more?: Record<string, unknown>) => (await stage.create(more)).body.channel;

test('a channel is held with a text, shows it, and is resumed', async () => {
  const { id, version } = await created();
  const held = await stage.send(`POST /admin/channels/${id}/hold`, { text: 'Back at nine.' });
  expect(held.status).toBe(200);
  expect(held.body.channel).toMatchObject({
    version: version + 1,
    held: { since: expect.stringMatching(/^20/), text: 'Back at nine.' },
  });
  const list = await stage.send('GET /admin/channels?limit=100');
  expect(list.body.channels.find((one) => one.id === id)?.held?.text).toBe('Back at nine.');
  const check = await stage.send(`POST /admin/channels/${id}/check`);
  expect(check.body.findings?.map(({ code }) => code)).toContain('channel-held');

  const resumed = await stage.send(`POST /admin/channels/${id}/resume`);
  expect([resumed.status, resumed.body.channel.held]).toEqual([200, null]);
  expect((await stage.row(id)).hold).toBeUndefined();
  expect((await stage.send(`POST /admin/channels/${id}/resume`)).status).toBe(200);
});

test('held again with the same text it is the same hold; with another one visitors are told anew', async () => {
  const { id } = await created();
  const hold = async (body?: unknown) => {
    await stage.send(`POST /admin/channels/${id}/hold`, body);
    return (await stage.row(id)).hold ?? expect.fail('it is not held');
  };
  const first = await hold();
  expect(first.text).toBeNull();
  expect(await hold({ text: null })).toEqual(first);
  stage.pass(1_000);
  const second = await hold({ text: 'Soon.' });
  expect(second).toMatchObject({ since: first.since, text: 'Soon.' });
  expect(second.id).not.toBe(first.id);
});

test('an edit leaves a hold as it is, and what was shown may be sent back', async () => {
  const { id } = await created();
  await stage.send(`POST /admin/channels/${id}/hold`, { text: 'Soon.' });
  const { channel } = (await stage.send(`GET /admin/channels/${id}`)).body;
  const edit = { ...channel, title: 'Evenings', held: null };
  const edited = await stage.send(`PATCH /admin/channels/${id}`, edit);
  expect(edited.body.channel).toMatchObject({ title: 'Evenings', held: { text: 'Soon.' } });
});

test('a hold asks neither the agent nor 360dialog, and minds If-Match', async () => {
  const { id } = await created({ active: true });
  const [asked, called] = [stage.agent.requests.length, stage.provider.calls.length];
  const stale = await stage.send(`POST /admin/channels/${id}/hold`, {}, { ifMatch: '"7"' });
  expect(stale.body).toMatchObject({ code: 'version-conflict' });
  expect((await stage.send(`POST /admin/channels/${id}/hold`, {})).status).toBe(200);
  expect([stage.agent.requests.length, stage.provider.calls.length]).toEqual([asked, called]);
});

test.each([
  { body: { text: '' }, code: 'request-invalid' },
  { body: { text: 'x'.repeat(4097) }, code: 'request-invalid' },
  { body: { text: 7 }, code: 'request-invalid' },
  { body: { message: 'hi' }, code: 'request-invalid' },
  { body: 'not JSON', code: 'payload-unreadable' },
])('a hold with $body is refused', async ({ body, code }) => {
  const { id } = await created();
  const answer = await stage.send(`POST /admin/channels/${id}/hold`, body);
  expect(answer.body).toMatchObject({ code });
  expect((await stage.row(id)).hold).toBeUndefined();
});
