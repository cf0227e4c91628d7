import { expect, test } from 'vitest';
import { noteTurn } from '../../../../shared/store/chat/turns-of-chat.ts';
import { dieBeforeCall } from '../../../support/die-before-call.ts';
import { openRequestsStage } from '../stage.ts';
import { answeredWith, saying, takenTurn } from '../turns-taken.ts';

const stage = openRequestsStage();

/** The calls to AWS before which the erasure dies. It needs fewer than the last of them. */
const deaths = [1, 2, 3, 4, 5, 7, 9, 40, 63, 64, 65, 200];

test.each(
  deaths,
)('an erasure dies before call %i, and erasing again does the rest', async (dies) => {
  const channel = await stage.channel();
  const phone = `49171398${String(dies).padStart(4, '0')}`;
  const chat = await stage.visitor(channel, phone);
  for (let said = 0; said < 26; said++) {
    await noteTurn(stage.table, chat, `evt_${dies}_${said}`, stage.deps.now());
  }
  await takenTurn(stage, chat, answeredWith(`mortal ${dies}`));
  const hook = dieBeforeCall(dies);
  stage.table.hooks.add(hook);
  const first = await stage.ask(channel, `DELETE /chats/${chat.id}`);
  stage.table.hooks.delete(hook);
  expect(first.status).toBe(dies === 200 ? 204 : 503);

  // Once the old chat cannot be found any more, a visitor with its phone writes before it is erased again.
  const fresh = dies > 3 ? await stage.visitor(channel, phone) : null;
  expect((await stage.ask(channel, `DELETE /chats/${chat.id}`)).status).toBe(
    dies === 200 ? 404 : 204,
  );
  expect(await saying(stage, `mortal ${dies}`)).toEqual([]);
  const found = await stage.ask(channel, `GET /chats?phone=${phone}`);
  expect(found.body.chat_id).toBe(fresh?.id);
  expect(fresh?.id).not.toBe(chat.id);
  // A death between changing the row and removing the list it named leaves that list of hashes, until
  // its time is up.
  const lists = await stage.table.lookAll(`TURNS#${channel.id}#${chat.id}`);
  expect(lists).toHaveLength(dies === 64 ? 1 : 0);
});
