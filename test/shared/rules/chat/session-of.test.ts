import { expect, test } from 'vitest';
import { sessionOf } from '../../../../shared/rules/chat/session-of.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-11-22T10:00:00Z');
const session = { of: 'agent', value: { chat: true } };
const kept = (at: number) => ({ json: JSON.stringify(session), at });

// biome-ignore format: a table reads by column
const cases = [
  { when: 'nothing was kept',                        chat: { agent_session: null },                       idle: 60, isKept: false, isOver: false },
  { when: 'it was forgotten',                        chat: { agent_session: { json: 'null', at: now } },  idle: 60, isKept: false, isOver: false },
  { when: 'it was forgotten, and the visitor was silent', chat: { agent_session: { json: 'null', at: 0 }, inbound_before: now - HOUR }, idle: 60, isKept: false, isOver: false },
  { when: 'the visitor wrote within the hour',       chat: { inbound_before: now - HOUR + 1 },            idle: 60, isKept: true,  isOver: false },
  { when: 'the visitor was silent for the hour',     chat: { inbound_before: now - HOUR },                idle: 60, isKept: false, isOver: true },
  { when: 'the agent answered within the hour',      chat: { inbound_before: now - HOUR, agent_session: kept(now - 1) }, idle: 60, isKept: true, isOver: false },
  { when: 'dialogs never end by silence',            chat: { inbound_before: now - 99 * HOUR },           idle: 0,  isKept: true,  isOver: false },
  { when: 'the dialog was closed',                   chat: { dialog: 'closed' as const },                 idle: 60, isKept: false, isOver: true },
];

test.each(cases)('when $when', ({ chat, idle, isKept, isOver }) => {
  const row = {
    agent_session: kept(now - 100 * HOUR),
    inbound_before: now - 1,
    last_inbound_at: now,
    dialog: 'open' as const,
    dialog_at: now,
    ...chat,
  };
  const options = { dialog_idle_minutes: idle };
  expect(sessionOf(row, { agent: { kind: 'webim' }, options }, now)).toEqual({
    session: isKept ? session : null,
    isOver,
  });
  const hasSession = row.agent_session !== null && row.agent_session.json !== 'null';
  expect(sessionOf(row, { agent: { kind: 'custom' }, options }, now)).toEqual({
    session: hasSession ? session : null,
    isOver: false,
  });
});
