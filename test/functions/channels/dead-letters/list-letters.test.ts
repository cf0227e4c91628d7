import { expect, test } from 'vitest';
import { letterListSchema, letterViewSchema } from '../../../../shared/contract/letter-view.ts';
import { parse } from '../../../../shared/kernel/parse.ts';
import { channelKey } from '../../../../shared/store/keys.ts';
import { updateItem } from '../../../../shared/store/table.ts';
import { openLettersStage, someMessage, someReply, WORDS } from './letters-stage.ts';

const stage = openLettersStage();
const DAY_MS = 24 * 60 * 60 * 1000;

test('a list says what each letter is about and why, and holds no words, names or numbers of people', async () => {
  const channel = await stage.channel();
  const { letter, eventId } = await stage.lostTurn(channel, '491713991001');
  const reply = someReply(channel, 'a'.repeat(40));
  await stage.letter(channel, { queue: 'outbound', code: 'job-abandoned', job: reply });
  await stage.letter(channel, { code: 'payload-unreadable', job: { what: WORDS } });
  const answer = await stage.send(`GET /admin/dead-letters?channel_id=${channel.id}`);

  expect(answer.status).toBe(200);
  expect(parse(letterListSchema, answer.body)).toMatchObject({
    dead_letters: [
      {
        id: letter.letterId,
        about: 'message',
        code: 'agent-unavailable',
        reason: 'HTTP 500',
        what_to_do: expect.stringContaining('Repair the agent'),
        redrivable: true,
        event_id: eventId,
        reply_id: null,
      },
      { about: 'reply', reply_id: reply.reply_id, chat_id: reply.chat_id, event_id: null },
      { about: null, redrivable: false },
    ],
    next: null,
  });
  expect(answer.text).not.toContain(WORDS);
  expect(answer.text).not.toContain('491713991001');
  expect(answer.text).not.toContain('Anna');
});

test('one letter shows its job', async () => {
  const channel = await stage.channel();
  const { letter, job } = await stage.lostTurn(channel);
  const answer = await stage.send(`GET /admin/dead-letters/${letter.letterId}`);
  expect(parse(letterViewSchema, answer.body)).toMatchObject({ id: letter.letterId, job });
});

test('letters are asked for by their code', async () => {
  const channel = await stage.channel();
  await stage.letter(channel, { code: 'unavailable' });
  await stage.letter(channel, { code: 'job-abandoned' });
  const path = `GET /admin/dead-letters?channel_id=${channel.id}`;
  const codesOf = async (query: string) =>
    (await stage.send(path + query)).body.dead_letters?.map(({ code }) => code);
  expect(await codesOf('&code=unavailable')).toEqual(['unavailable']);
  expect(await codesOf('&code=no-such-code')).toEqual([]);
});

test('an empty code is refused, with a channel and without: it would mean every letter', async () => {
  const channel = await stage.channel();
  await stage.letter(channel);
  for (const query of ['?code=', `?channel_id=${channel.id}&code=`]) {
    const { body } = await stage.send(`GET /admin/dead-letters${query}`);
    expect(body).toMatchObject({ code: 'request-invalid', errors: [{ path: 'code' }] });
    expect(body).not.toHaveProperty('dead_letters');
  }
});

test('without a channel the letters of all channels are listed, page by page, and those of no channel', async () => {
  const channels = await Promise.all(
    Array.from({ length: 27 }, async (_, at) => {
      const created_at = new Date(Date.UTC(2026, 0, 1 + at)).toISOString();
      const channel = await stage.channel({}, { created_at });
      await stage.list(channel);
      return channel;
    }),
  );
  const [first, last] = [channels[0], channels.at(-1)];
  if (!first || !last) return expect.fail('there are channels');
  const wanted = [
    await stage.letter({ ...first, id: 'unknown' }, { job: 'not JSON' }),
    await stage.letter(first),
    await stage.letter(last),
  ];
  const seen: unknown[] = [];
  let pages = 0;
  for (let next: string | null = ''; next !== null; pages++) {
    const { body } = await stage.send(`GET /admin/dead-letters${next && `?next=${next}`}`);
    const page = parse(letterListSchema, body);
    seen.push(...page.dead_letters.map(({ id }) => id));
    next = page.next;
  }
  expect(seen).toEqual(wanted.map(({ letterId }) => letterId));
  expect(pages).toBe(3);
});

test('letters of one channel that fill several pages are each listed once', async () => {
  const channel = await stage.channel();
  const wanted: string[] = [];
  for (let at = 0; at < 4; at++) {
    const { letterId } = await stage.letter(channel, { job: 'x'.repeat(370_000) });
    wanted.push(letterId);
  }
  const seen: unknown[] = [];
  let pages = 0;
  for (let next: string | null = ''; next !== null && pages < 9; pages++) {
    const query: string = `channel_id=${channel.id}${next && `&next=${next}`}`;
    const page = parse(
      letterListSchema,
      (await stage.send(`GET /admin/dead-letters?${query}`)).body,
    );
    seen.push(...page.dead_letters.map(({ id }) => id));
    next = page.next;
  }
  expect(seen).toEqual(wanted);
  expect(pages).toBeGreaterThan(1);
});

test('a letter that was dropped is gone, also for a second drop', async () => {
  const channel = await stage.channel();
  const { letterId } = await stage.letter(channel);
  const drop = () => stage.send(`DELETE /admin/dead-letters/${letterId}`);
  expect((await drop()).status).toBe(204);
  expect((await drop()).body).toMatchObject({ status: 404, code: 'dead-letter-unknown' });
});

test.each([
  'no-id-of-ours',
  'ch_0123456789abcdef0123.999999999999999.x',
  'ch_0123456789abcdef0123.1.letter',
  '..%2F',
])('the id %s leads to no letter', async (id) => {
  for (const endpoint of [`GET /admin/dead-letters/${id}`, `DELETE /admin/dead-letters/${id}`]) {
    expect((await stage.send(endpoint)).status).toBe(404);
  }
  expect((await stage.send(`POST /admin/dead-letters/${id}/redrive`)).status).toBe(404);
});

test('what is no id of a letter, such as that of its event, is not said to be redriven or dropped', async () => {
  const channel = await stage.channel();
  const { eventId } = await stage.lostTurn(channel);
  const { body } = await stage.send(`POST /admin/dead-letters/${eventId}/redrive`);
  expect(body).toMatchObject({
    code: 'dead-letter-unknown',
    detail: expect.stringMatching(/^This is no id of a dead letter/),
  });
});

test('a letter whose 14 days are over, or whose channel was deleted, is neither listed nor shown', async () => {
  const channel = await stage.channel();
  const { letterId } = await stage.letter(channel);
  stage.pass(15 * DAY_MS);
  const list = `GET /admin/dead-letters?channel_id=${channel.id}`;
  expect((await stage.send(list)).body.dead_letters).toEqual([]);
  const one = await stage.send(`GET /admin/dead-letters/${letterId}`);
  expect(one.body).toMatchObject({ code: 'dead-letter-unknown' });

  await updateItem(stage.table, channelKey(channel.id), {
    update: 'SET #deleted_at = :at',
    values: { ':at': new Date().toISOString() },
  });
  expect((await stage.send(list)).body).toMatchObject({ code: 'channel-unknown' });
  const other = await stage.letter(channel, { job: someMessage(channel, { phone: '1', id: 'x' }) });
  for (const endpoint of ['GET', 'POST']) {
    const path = `/admin/dead-letters/${other.letterId}${endpoint === 'POST' ? '/redrive' : ''}`;
    expect((await stage.send(`${endpoint} ${path}`)).body).toMatchObject({
      code: 'channel-unknown',
    });
  }
});

test('a `next` that is not ours is refused', async () => {
  const { body } = await stage.send('GET /admin/dead-letters?next=bm9uc2Vuc2U');
  expect(body).toMatchObject({ code: 'request-invalid', errors: [{ path: 'next' }] });
});
