import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Journey, startJourney } from '../support/journey.ts';
import { editChannel, type JourneyVisitor, meetVisitor } from '../support/journey-visitor.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.stop());
afterEach(() => {
  expect(journey.provider.refusals).toEqual([]);
});

const LONG = 'Übersicht aller Lieferungen';
const menu = (labels: (string | object)[], text = 'What would you like?') => ({
  type: 'buttons',
  text,
  buttons: labels,
});
const tap = (id: string, title: string, kind = 'button_reply') => ({
  type: 'interactive',
  interactive: { type: kind, [kind]: { id, title } },
});
const quoting = (messageId: string | undefined, message: object) => ({
  context: { from: '493023125100', id: messageId },
  ...message,
});
const words = (text: string) => ({ type: 'text', text: { body: text } });

/** The message the agent is sent when the visitor does this. */
async function asked(visitor: JourneyVisitor, does: string | Record<string, unknown>) {
  await visitor.says(does);
  await journey.runtime.idle();
  return visitor.turns().at(-1)?.message ?? expect.fail('the agent was not asked');
}
const choice = (id: string, label: string, via: string) => ({
  kind: 'choice',
  option: { id, label },
  via,
  menu_reply_id: expect.stringMatching(/^rep_[0-9a-f]{32}$/),
});

test('the visitor gets up to three options as buttons; a tap is a choice with its full label, and a number is text', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits(
    menu([{ id: 'orders', label: LONG }, 'Help', { id: 'no', label: 'Nein' }]),
  );
  const [body] = visitor.bodies();
  expect(body).toMatchObject({
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: `What would you like?\n\n${LONG}\nHelp\nNein` },
      action: {
        buttons: [
          { reply: { id: 'orders', title: 'Übersicht aller Lie…' } },
          { reply: { id: 'o2', title: 'Help' } },
          { reply: { id: 'no', title: 'Nein' } },
        ],
      },
    },
  });
  expect(visitor.news()).toEqual([
    expect.objectContaining({ status: 'degraded', code: 'label-cut' }),
  ]);

  expect(await asked(visitor, tap('orders', 'Übersicht aller Lie…'))).toMatchObject({
    ...choice('orders', LONG, 'tap'),
    text: 'Übersicht aller Lie…',
  });
  expect(visitor.turns().at(-1)?.context.client_message).toBe(LONG);
  expect(await asked(visitor, ' HELP ')).toMatchObject(choice('o2', 'Help', 'label'));
  expect(await asked(visitor, '2')).toMatchObject({ kind: 'text', text: '2' });
});

test('the visitor gets more than three options as a numbered list, and chooses by number, in any digits, or by label', async () => {
  const visitor = meetVisitor(journey);
  const silent = { replies: [] };
  const four = menu(['Pizza', 'Pasta', '4', { id: 'none', label: 'Nothing' }]);
  await visitor.promptsAndWaits({ ...four, header: 'Menu', footer: 'Until 10 pm' });
  expect(visitor.texts()).toEqual([
    'Menu\n\nWhat would you like?\n\n1. Pizza\n2. Pasta\n3. 4\n4. Nothing\n\nUntil 10 pm',
  ]);
  const answers = [
    ['2', 'o2', 'Pasta', 'number'],
    ['№ 2.', 'o2', 'Pasta', 'number'],
    ['1️⃣', 'o1', 'Pizza', 'number'],
    ['٢', 'o2', 'Pasta', 'number'],
    ['nothing', 'none', 'Nothing', 'label'],
    ['4', 'o3', '4', 'label'], // a label that is a number counts before the place in the list
  ] as const;
  for (const [said, id, label, via] of answers) {
    journey.agent.next(silent);
    expect(await asked(visitor, said)).toMatchObject({ ...choice(id, label, via), text: said });
  }
  for (const said of ['5', '0', 'two', '2 please']) {
    journey.agent.next(silent);
    expect(await asked(visitor, said)).toMatchObject({ kind: 'text', text: said });
  }
});

test('a visitor can choose by number until the agent says something else, and by label also later', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits(menu(['a', 'b', 'c', 'd']), 'part of the same answer');
  journey.agent.next({ replies: ['something else'] });
  expect(await asked(visitor, '2')).toMatchObject(choice('o2', 'b', 'number'));
  journey.agent.next({ replies: [] });
  expect(await asked(visitor, '2')).toMatchObject({ kind: 'text', text: '2' });
  journey.agent.next({ replies: [] });
  expect(await asked(visitor, 'c')).toMatchObject(choice('o3', 'c', 'label'));
});

test('a visitor who quotes a menu chooses from that menu, also from an older one', async () => {
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits(menu(['red', 'green', 'blue', 'grey'], 'Colour?'));
  await visitor.promptsAndWaits(menu(['S', 'M', 'L', 'XL'], 'Size?'));
  const [older, newer] = visitor.messageIds();
  const silent = () => journey.agent.next({ replies: [] });

  silent();
  const answer = await asked(visitor, quoting(older, words('3')));
  expect(answer).toMatchObject({
    ...choice('o3', 'blue', 'number'),
    reply_to: { message_id: older, from: 'agent', reply_id: answer.menu_reply_id },
  });
  silent();
  expect(await asked(visitor, quoting(newer, words('3')))).toMatchObject(
    choice('o3', 'L', 'number'),
  );
  silent();
  expect(await asked(visitor, quoting(older, words('XL')))).toMatchObject({ kind: 'text' });
  silent();
  expect(await asked(visitor, 'xl')).toMatchObject(choice('o4', 'XL', 'label'));
});

test('a channel may send WhatsApp’s own list, whose rows the visitor taps', async () => {
  await editChannel(journey, { options: { choices: 'list' } });
  const visitor = meetVisitor(journey);
  const labels = ['one', 'two', 'three', 'a label of more than 24 characters'];
  await visitor.promptsAndWaits({ ...menu(labels), menu_label: 'Choose' });
  expect(visitor.bodies()[0]).toMatchObject({
    interactive: {
      type: 'list',
      action: {
        button: 'Choose',
        sections: [{ rows: [{}, {}, {}, { id: 'o4', description: labels[3] }] }],
      },
    },
  });
  journey.agent.next({ replies: [] });
  const row = tap('o4', 'a label of more than 24…', 'list_reply');
  expect(await asked(visitor, row)).toMatchObject(choice('o4', labels[3] ?? '', 'tap'));
  journey.agent.next({ replies: [] });
  expect(await asked(visitor, '2')).toMatchObject({ kind: 'text' });
  await editChannel(journey, { options: { choices: 'numbered' } });
});

test('a visitor who taps a template’s button chooses what the button says', async () => {
  const visitor = meetVisitor(journey);
  const template = { type: 'template', name: 'order_ready', language: 'en', parameters: ['4711'] };
  await visitor.promptsAndWaits(template);
  const [messageId] = visitor.messageIds();
  const button = { type: 'button', button: { payload: 'PICK_UP', text: 'I am coming' } };
  journey.agent.next({ replies: [] });
  expect(await asked(visitor, quoting(messageId, button))).toMatchObject({
    kind: 'choice',
    option: { id: 'PICK_UP', label: 'I am coming' },
    via: 'tap',
    reply_to: { message_id: messageId, from: 'agent' },
  });
});

test('the chat’s row stays small with a menu of a hundred long labels, which is answered as any other', async () => {
  const visitor = meetVisitor(journey);
  const labels = Array.from({ length: 100 }, (_, at) => ({
    id: `branch-${at}-${'x'.repeat(200)}`,
    label: `Branch ${at}: ${'a long description of where it is '.repeat(8)}`.trim(),
  }));
  await visitor.promptsAndWaits(menu(labels));
  const rows = await journey.items('CHAT#');
  const row = rows.find(({ phone }) => phone === visitor.phone);
  expect(row?.menu).toMatchObject({ numbered: true });
  expect(JSON.stringify(row).length).toBeLessThan(2_500);

  const [{ id, label } = { id: '', label: '' }] = labels.slice(41);
  expect(await asked(visitor, '42')).toMatchObject(choice(id, label, 'number'));
  expect(await asked(visitor, label.toUpperCase())).toMatchObject(choice(id, label, 'label'));
  expect(await asked(visitor, quoting(visitor.messageIds().at(-1), words('42')))).toMatchObject(
    choice(id, label, 'number'),
  );
  await visitor.promptsAndWaits('Something else.');
  expect(await asked(visitor, '42')).toMatchObject({ kind: 'text', text: '42' });
  expect(await asked(visitor, label)).toMatchObject(choice(id, label, 'label'));
});
