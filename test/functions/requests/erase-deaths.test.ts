import { expect, test } from 'vitest';
import type { InterceptHook } from '../../../infra/local/aws/intercept.ts';
import { noteTurn } from '../../../shared/store/chat/turns-of-chat.ts';
import { openRequestsStage } from './stage.ts';
import { answeredWith, saying, takenTurn } from './turns-taken.ts';

const stage = openRequestsStage();

/** Calls of an erasure after which it dies; the last ones it does not reach. */
const deaths = [1, 2, 3, 4, 5, 7, 9, 40, 62, 63, 64, 200];

test.each(deaths)('it dies before its call %i: erasing again does what is left', async (dies) => {
  const channel = await stage.channel();
  const phone = `49171398${String(dies).padStart(4, '0')}`;
  const chat = await stage.visitor(channel, phone);
  for (let said = 0; said < 26; said++) {
    await noteTurn(stage.table, chat, `evt_${dies}_${said}`, stage.deps.now());
  }
  await takenTurn(stage, chat, answeredWith(`mortal ${dies}`));
  let calls = 0;
  const hook: InterceptHook = ({ moment }) => {
    if (moment === 'before') calls += 1;
    return calls >= dies ? 'refuse' : 'pass';
  };
  stage.table.hooks.add(hook);
  const first = await stage.ask(channel, `DELETE /chats/${chat.id}`);
  stage.table.hooks.delete(hook);
  expect(first.status).toBe(dies === 200 ? 204 : 503);

  // Somebody new writes before anybody erases again, once nobody finds the old chat any more.
  const fresh = dies > 3 ? await stage.visitor(channel, phone) : null;
  expect((await stage.ask(channel, `DELETE /chats/${chat.id}`)).status).toBe(
    dies === 200 ? 404 : 204,
  );
  expect(await saying(stage, `mortal ${dies}`)).toEqual([]);
  const found = await stage.ask(channel, `GET /chats?phone=${phone}`);
  expect(found.body.chat_id).toBe(fresh?.id);
  expect(fresh?.id).not.toBe(chat.id);
  // Between the row and the list it named, a list of hashes is left, until its time is up.
  const lists = await stage.table.lookAll(`TURNS#${channel.id}#${chat.id}`);
  expect(lists).toHaveLength(dies === 63 ? 1 : 0);
});
