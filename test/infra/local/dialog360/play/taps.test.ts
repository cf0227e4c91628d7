import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PlayStage, startPlay } from '../../../../support/play.ts';

let stage: PlayStage;
beforeEach(async () => {
  stage = await startPlay();
});
afterEach(() => stage.stop());

const from = '+49 170 0000001';
const to = '+491700000001';
const reply = { id: 'btn:1', title: 'Yes' };
const buttons = {
  type: 'button',
  body: { text: 'Shall I cancel?' },
  action: { buttons: [{ type: 'reply', reply }] },
};

test('a tap with no menu says so, and how a numbered option is answered', async () => {
  const { body } = await stage.play({ from, tap: 'Yes' });
  expect(body.detail).toMatch(/no message of this chat has one\..* "text": "2"/);
});

test('a tap on an option of a numbered menu writes its number, in answer to that menu', async () => {
  await stage.send({ to, type: 'interactive', interactive: buttons });
  const body = 'How?\n\n1. Yes\n2. By courier\n3. Отменить\n4. Later';
  await stage.send({ to, type: 'text', text: { body } });
  const menu = (await stage.chat('491700000001')).messages.at(-1);
  for (const tap of ['отменить', '3']) {
    const played = await stage.play({ from, tap });
    expect(played.body.played).toMatch(/ wrote “3” for “Отменить”, in answer to wamid/);
    expect(stage.posted.at(-1)?.message).toMatchObject({
      type: 'text',
      text: { body: '3' },
      context: { id: menu?.message_id },
    });
  }
  const old = await stage.play({ from, tap: 'btn:1' });
  expect(old.body.played).toMatch(/tapped “Yes”/);

  const { body: refused } = await stage.play({ from, tap: 'Maybe' });
  expect(refused.detail).toMatch(/an option: “Yes”, .*“Later”\. .*answered with "text": "2"/);
});
