import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { sendHandler } from '../../../functions/send/handler.ts';
import { openQueues } from '../../../shared/queues/queue.ts';
import { record } from '../chain/job-stage.ts';
import { openSendStage } from './stage.ts';

const stage = openSendStage();

test('a job of a blocked channel is put off by its own age: a reply since it was accepted, a look since it was queued', async () => {
  const chat = await stage.visitor(await stage.channel());
  const since: number[] = [];
  const blockedChannels = {
    note: () => {},
    putOff: (_: string, at: number) => {
      since.push(at);
      return 60_000;
    },
  };
  const { outbound } = openQueues({ outbound: 'https://sqs.example/outbound.fifo' });
  const deps = { ...stage.deps, blockedChannels, gates: () => stage.deps.gate };
  const reply = stage.job(chat, 'Hello', { accepted_at: 1_000 });
  const look = { kind: 'release', channel_id: chat.channel_id, chat_id: chat.id };
  const Records = [record('reply', reply), record('look', look)];
  const [, { attributes }] = Records as [unknown, (typeof Records)[number]];
  const { batchItemFailures } = await sendHandler(deps, outbound)({ Records }, {} as Context);
  expect(batchItemFailures).toHaveLength(2);
  expect(since).toEqual([1_000, Number(attributes.SentTimestamp)]);
  expect(stage.texts(chat)).toEqual([]);
});
