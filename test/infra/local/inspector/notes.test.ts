import { expect, test } from 'vitest';
import { Notes } from '../../../../infra/local/inspector/notes.ts';
import type { ChatNote, Step, Trail } from '../../../../infra/local/inspector/trail.ts';

let made = 0;
const stepOf = (...log: { name: string; facts?: Record<string, unknown> }[]): Step => {
  made += 1;
  return {
    id: `s${made}`,
    kind: 'worker',
    parent: null,
    at: made,
    ended_at: made,
    ok: true,
    facts: {},
    log: log.map(({ name, facts = {} }) => ({ at: made, name, level: 'WARN', facts })),
  };
};
const trailOf = (id: string, person: string | null): Trail => ({
  id,
  channel_id: 'ch_1',
  person,
  at: 0,
  keys: [],
  steps: [],
});
const open = () => {
  const told: ChatNote[] = [];
  const notes = new Notes((note) => told.push(note));
  return { notes, told };
};
const lost = (traceId: string) =>
  stepOf({ name: 'turn-lost', facts: { trace_id: traceId, attempt: 1, code: 'agent-rejected' } });

test('each turn that is lost has a note of its own, for whoever wrote', () => {
  const { notes, told } = open();
  const [first, second, third] = [lost('evt_1'), lost('evt_2'), lost('evt_3')];
  notes.see(trailOf('wamid.1', 'anna'), first);
  notes.see(trailOf('wamid.2', 'anna'), second);
  notes.see(trailOf('wamid.3', 'ben'), third);
  notes.see(trailOf('wamid.3', 'ben'), third); // the step is told again
  expect(told).toHaveLength(3);
  expect(notes.of('anna').map(({ trail_id }) => trail_id)).toEqual(['wamid.1', 'wamid.2']);
  expect(notes.of('ben')).toMatchObject([{ kind: 'turn-lost', code: 'agent-rejected' }]);
});

test('each time that an agent is to be asked again has its note, and so has a turn that is lost again after a redrive', () => {
  const { notes } = open();
  const trail = trailOf('wamid.1', 'anna');
  const again = { name: 'agent-asked-again', facts: { chat_id: 'c1', reason: 'HTTP 500' } };
  for (const step of [stepOf(again), stepOf(again), lost('evt_1'), lost('evt_1')]) {
    notes.see(trail, step);
  }
  const kinds = notes.of('anna').map(({ kind }) => kind);
  expect(kinds).toEqual(['agent-asked-again', 'agent-asked-again', 'turn-lost', 'turn-lost']);
});

test('an answer that was not understood has its note, which says why', () => {
  const { notes } = open();
  const reason = 'The answer has neither `replies` nor `dialog`: it has `reply`.';
  const asked = { name: 'agent-asked', facts: { result: 'answered-without-replies' } };
  const odd = { name: 'agent-answer-odd', facts: { reason } };
  notes.see(trailOf('wamid.1', 'anna'), stepOf(asked, odd));
  expect(notes.of('anna')).toMatchObject([{ kind: 'agent-answer-odd', reason }]);
});

test('what became of a part is noted once, though its job came twice; what arrived is not', () => {
  const { notes } = open();
  const ended = (part: number, status: string) => ({
    name: 'part-ended',
    facts: { reply_id: 'rep_1', part, status },
  });
  const trail = trailOf('wamid.1', 'anna');
  const steps = [
    stepOf(ended(0, 'accepted'), ended(1, 'refused'), ended(2, 'refused')),
    stepOf(ended(1, 'refused')),
  ];
  for (const step of steps) notes.see(trail, step);
  expect(notes.of('anna').map(({ kind }) => kind)).toEqual(['refused', 'refused']);
});

test('what an endpoint sends names only the chat, and is noted for the visitor who was seen in it', () => {
  const { notes } = open();
  const facts = { chat_id: 'c1', reply_id: 'rep_1', part: 0, status: 'parked' };
  notes.see(trailOf('wamid.1', 'anna'), stepOf({ name: 'turn-begun', facts: { chat_id: 'c1' } }));
  notes.see(trailOf('rep_1', null), stepOf({ name: 'part-parked', facts }));
  expect(notes.of('anna')).toMatchObject([{ kind: 'parked', trail_id: 'rep_1' }]);
});
