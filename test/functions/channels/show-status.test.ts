import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { statusAnswerSchema } from '../../../shared/contract/status-answer.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { markBlocked } from '../../../shared/store/channel/channel-block.ts';
import { writeDeadLetter } from '../../../shared/store/dead-letters.ts';
import { channelKey, lastSeenKey } from '../../../shared/store/keys.ts';
import { updateItem } from '../../../shared/store/table.ts';
import { openStage } from './stage.ts';

const stage = openStage();
const SINCE = 1_795_000_000_000;
const at = new Date(SINCE).toISOString();
const made = async (more?: Record<string, unknown>) => (await stage.create(more)).body.channel;

const letter = (id: string, name: string) =>
  writeDeadLetter(
    stage.deps.table,
    {
      channel_id: id,
      id: name,
      queue: 'inbound',
      code: 'agent-rejected',
      reason: 'HTTP 404',
      attempts: 1,
      job: { words: 'of a visitor' },
      at: SINCE,
    },
    stage.deps.now(),
  );

async function status() {
  const answer = await stage.send('GET /admin/status');
  expect(answer.text).not.toContain('of a visitor');
  return parse(statusAnswerSchema, answer.body).channels;
}

test('a line says when a channel last heard something, and whether it waits, is held, blocked, or has dead letters', async () => {
  const quiet = await made();
  const busy = await made({ active: true });
  await stage.send(`POST /admin/channels/${busy.id}/hold`, { text: 'Back at nine.' });
  const { table } = stage.deps;
  const Item = { ...lastSeenKey(busy.id), last_inbound_at: SINCE, last_status_at: SINCE };
  await table.client.send(new PutCommand({ TableName: 'test', Item }));
  const block = { code: 131042, reason: 'No bill.', since: SINCE };
  await markBlocked(table, await stage.row(busy.id), block);
  await updateItem(table, channelKey(busy.id), {
    update: 'SET #provider_failures = :two, #provider_failing_since = :since',
    values: { ':two': 2, ':since': SINCE },
  });
  await letter(busy.id, 'one');
  await letter(busy.id, 'two');

  const lines = await status();
  expect(lines.find(({ id }) => id === quiet.id)).toEqual({
    id: quiet.id,
    title: 'Support',
    active: false,
    last_inbound_at: null,
    last_status_at: null,
    waiting: null,
    held: null,
    blocked: null,
    dead_letters: { count: 0, more: false },
  });
  expect(lines.find(({ id }) => id === busy.id)).toEqual({
    id: busy.id,
    title: 'Support',
    active: true,
    last_inbound_at: at,
    last_status_at: at,
    waiting: { for: 'provider', since: at, failures: 2 },
    held: { since: expect.stringMatching(/^20/) },
    blocked: { code: 131042, since: at },
    dead_letters: { count: 2, more: false },
  });
});

test('of many dead letters a hundred are counted, and of those whose time is over none', async () => {
  const { id } = await made();
  await Promise.all(Array.from({ length: 101 }, (_, one) => letter(id, `letter-${one}`)));
  const lettersOf = async () => (await status()).find((one) => one.id === id)?.dead_letters;
  expect(await lettersOf()).toEqual({ count: 100, more: true });
  stage.pass(15 * 24 * 60 * 60 * 1000);
  expect(await lettersOf()).toMatchObject({ count: 0 });
});

test('a `next` that is not ours is refused', async () => {
  const { body } = await stage.send('GET /admin/status?next=bm9uc2Vuc2U');
  expect(body).toMatchObject({ code: 'request-invalid', errors: [{ path: 'next' }] });
});
