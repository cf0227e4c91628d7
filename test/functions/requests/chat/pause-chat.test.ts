import { expect, test } from 'vitest';
import { openRequestsStage } from '../stage.ts';

const stage = openRequestsStage();
const MINUTE = 60_000;

test('a pause counts from now, be it longer or shorter than the one before, and a resume ends it', async () => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const act = async (action: string, body?: object) => {
    const before = stage.deps.now();
    const answer = await stage.ask(channel, `POST /chats/${chat.id}/${action}`, body);
    expect(answer.status).toBe(200);
    const until = answer.body.paused_until;
    return until === null ? null : Math.round((Date.parse(String(until)) - before) / MINUTE);
  };
  expect(await act('pause', { minutes: 60 })).toBe(60);
  expect(await act('pause', { minutes: 5 })).toBe(5);
  expect(await act('pause', { minutes: '60' })).toBe(60);
  expect(await act('pause', { minutes: 10_000 })).toBe(10_000);
  expect(await act('resume')).toBeNull();
  expect(await act('resume')).toBeNull();
  stage.pass(MINUTE);
  expect(await act('pause', { minutes: 1 })).toBe(1);
  stage.pass(MINUTE);
  expect((await stage.ask(channel, `GET /chats/${chat.id}`)).body.paused_until).toBeNull();
});

test.each([
  {},
  { minutes: 0 },
  { minutes: 1.5 },
  { minutes: '5 minutes' },
  { minutes: '1.5' },
  { minutes: '' },
  { minutes: true },
  { minutes: 1e9 },
])('a pause of %j is refused', async (body) => {
  const channel = await stage.channel();
  const chat = await stage.visitor(channel);
  const answer = await stage.ask(channel, `POST /chats/${chat.id}/pause`, body);
  expect(answer).toMatchObject({ status: 422, body: { code: 'request-invalid' } });
  expect(answer.body.errors?.map(({ path }) => path)).toEqual(['minutes']);
});
