import { afterEach, expect, test } from 'vitest';
import { json } from '../../../../infra/local/http/serve.ts';
import type { InboundStatus } from '../../../../shared/contract/inbound-item.ts';
import { recordEarlyStatus } from '../../../../shared/store/delivery/sent-messages.ts';
import { sentMessageKey } from '../../../../shared/store/keys.ts';
import { openSendStage } from '../stage.ts';

const stage = openSendStage();
const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

/** From the moment the provider takes a message, these of the sender's updates fail, each with its two retries. */
function failAfterSend(...fails: boolean[]) {
  let seen: number | null = null;
  removals.push(
    stage.provider.onSend(() => {
      seen = 0;
      return undefined;
    }),
  );
  let retries = 0;
  stage.table.hooks.add(({ operation, moment }) => {
    if (seen === null || operation !== 'UpdateItem' || moment !== 'before') return 'pass';
    if (!fails[seen]) {
      seen += 1;
      return 'pass';
    }
    retries += 1;
    if (retries % 3 === 0) seen += 1;
    return 'fail';
  });
}
const requests = () => stage.provider.requests.filter(({ path }) => path === '/messages').length;

test('when the message the provider took cannot be noted, the delivery learns it all the same, and it is noted then', async () => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'once');
  const before = requests();
  failAfterSend(true);
  expect(await stage.run(job)).toBe('done');
  expect(requests() - before).toBe(1);
  const part = (await stage.delivery(job)).parts[0];
  expect(part).toMatchObject({ status: 'accepted', message_id: expect.any(String) });
  const key = sentMessageKey(job.channel_id, part?.message_id ?? '');
  expect(await stage.table.look(key)).toMatchObject({ reply_id: job.reply_id, part: 0 });
});

test('when it cannot be noted then either, the job comes again, and notes it without sending anything', async () => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'once');
  const before = requests();
  failAfterSend(true, false, true);
  await expect(stage.run(job)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await stage.delivery(job)).parts[0]?.status).toBe('accepted');
  expect(await stage.run(job)).toBe('done');
  expect(requests() - before).toBe(1);
  const messageId = (await stage.delivery(job)).parts[0]?.message_id ?? '';
  expect(await stage.table.look(sentMessageKey(job.channel_id, messageId))).toMatchObject({
    reply_id: job.reply_id,
  });
});

test('of several parts, those that could not be noted are noted behind the last', async () => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'x'.repeat(3 * 4096));
  const before = requests();
  failAfterSend(true);
  expect(await stage.run(job)).toBe('done');
  expect(requests() - before).toBe(3);
  const { parts } = await stage.delivery(job);
  for (const part of Object.values(parts)) {
    const key = sentMessageKey(job.channel_id, part.message_id ?? '');
    expect(await stage.table.look(key)).toMatchObject({ reply_id: job.reply_id });
  }
});

test('a message id that is too long for a key costs its statuses, not the reply', async () => {
  const job = stage.job(await stage.visitor(await stage.channel()), 'once');
  const before = requests();
  const messageId = `wamid.${'x'.repeat(3_000)}`;
  removals.push(
    stage.provider.onSend(() => json(200, { messages: [{ id: messageId }], contacts: [] })),
  );
  expect(await stage.run(job)).toBe('done');
  expect(requests() - before).toBe(1);
  expect((await stage.delivery(job)).parts[0]).toMatchObject({
    status: 'accepted',
    message_id: messageId,
  });
});

test('an early status that cannot be queued when its message is noted at last brings the job again', async () => {
  const channel = await stage.channel();
  const job = stage.job(await stage.visitor(channel), 'once');
  const at = stage.deps.now();
  const status = { message_id: 'wamid.early', status: 'delivered' as const, at, errors: [] };
  const nobody = { phone: null, bsuid: null, username: null };
  const early: InboundStatus = { ...status, callback: null, recipient: nobody };
  await recordEarlyStatus(stage.table, channel.id, early, at);
  failAfterSend(true);
  removals.push(
    stage.provider.onSend(() => json(200, { messages: [{ id: 'wamid.early' }], contacts: [] })),
  );
  const { queues } = stage.deps;
  stage.deps.queues = { ...queues, statuses: {} as never };
  await expect(stage.run(job)).rejects.toMatchObject({ code: 'unavailable' });
  stage.deps.queues = queues;
  expect(await stage.run(job)).toBe('done');
  expect(stage.queued()).toMatchObject([{ kind: 'status', status }]);
});
