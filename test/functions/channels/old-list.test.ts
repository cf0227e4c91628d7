import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

const stage = openStage({ readsBehindMs: 60_000 });

test('a list that still shows a channel as begun does not take its secrets away', async () => {
  const input = stage.input();
  const { id } = (await stage.send('POST /admin/channels', input)).body.channel;
  stage.pass(61_000); // were it begun still, its creation would have died
  expect((await stage.send('GET /admin/channels')).status).toBe(200);
  expect((await stage.secretsOf(id)).token).toBe(input.token);
});
