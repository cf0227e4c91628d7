import { expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import { openStage } from './stage.ts';

const stage = openStage();

test('an operator sees the templates of a number in whatever state they are', async () => {
  const { channel } = (await stage.create()).body;
  const { status, body } = await stage.send(`GET /admin/channels/${channel.id}/templates`);
  expect([status, body]).toEqual([
    200,
    {
      data: [
        { name: 'hello', language: 'en', status: 'APPROVED', category: 'UTILITY' },
        { name: 'draft', language: 'en', status: 'PENDING', category: 'UTILITY' },
      ],
    },
  ]);
});

test('the sandbox has none; of an unknown channel, or while 360dialog does not say, there is no list', async () => {
  const sandbox = (await stage.create({ hosting: 'sandbox' })).body.channel;
  const none = await stage.send(`GET /admin/channels/${sandbox.id}/templates`);
  expect([none.status, none.body]).toEqual([200, { data: [] }]);
  const nowhere = await stage.send(`GET /admin/channels/ch_${'0'.repeat(20)}/templates`);
  expect(nowhere.body).toMatchObject({ code: 'channel-unknown' });
  const { channel } = (await stage.create()).body;
  stage.provider.behave(() => json(500, {}));
  const silent = await stage.send(`GET /admin/channels/${channel.id}/templates`);
  expect(silent.body).toMatchObject({ status: 503, code: 'unavailable' });
});
