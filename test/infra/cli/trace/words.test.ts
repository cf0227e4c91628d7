import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nextCommandIn } from '../../../../infra/cli/next-command.ts';
import { maskedPhone } from '../../../../infra/cli/trace/masked-phone.ts';
import { replyNames } from '../../../../infra/cli/trace/trace-step.ts';
import { whatIsWaitedFor } from '../../../../infra/cli/trace/what-is-waited-for.ts';
import { LINES_WITH_WORDS, wordsOfLine } from '../../../../infra/cli/trace/words-of-line.ts';
import { wordsOfTable } from '../../../../infra/cli/trace/words-of-table.ts';
import type { LetterSummary } from '../../../../shared/contract/letter-view.ts';
import type {
  TraceAnswer,
  TracedReply,
  TracedTurn,
} from '../../../../shared/contract/trace-answer.ts';

const root = join(import.meta.dirname, '../../../..');
const sources = globSync('{functions,shared}/**/*.ts', { cwd: root })
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

test.each(LINES_WITH_WORDS)('a function writes the line %s', (name) => {
  expect(sources).toContain(`'${name}'`);
});

const REPLY = `rep_${'1'.repeat(32)}`;
const next = nextCommandIn(['--local']);
const names = replyNames([{ reply_id: REPLY }]);
const said = (name: string, facts: Record<string, unknown>) =>
  wordsOfLine({ at: 0, room: 'send', name, level: 'INFO', facts }, names);

test('a line says its attempt from the second on, and calls replies by their place', () => {
  const facts = { reply_id: REPLY, part: 1, result: 'refused', code: 131056, took_ms: 8 };
  expect(said('part-attempted', { ...facts, attempt: 1 })).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    room: 'send',
    attempt: null,
    says: 'reply 1, message 2: 360dialog refused it (131056), after 8 ms',
    source: 'log',
  });
  expect(said('part-attempted', { ...facts, attempt: 2, reply_id: 'rep_2' })).toMatchObject({
    attempt: 2,
    says: expect.stringMatching(/^a reply, message 2/),
  });
});

test('a line without words of its own shows its facts, but those that stand above the story', () => {
  const error = { name: 'Error', message: 'no', stack: 'at …' };
  const facts = { trace_id: 'evt_1', chat_id: 'c', minutes: 3, error, nothing: null };
  expect(said('some-line', facts).says).toBe('some-line (minutes 3, error Error: no)');
  expect(said('some-line', { channel_id: 'ch_1' }).says).toBe('some-line');
});

test('of a turn that was held no line says that the agent failed: it was not asked', () => {
  expect(said('turn-held', { code: 'channel-held', attempts: 0 }).says).toBe(
    'the channel was held when its turn came: the agent was not asked',
  );
  expect(said('turn-settled', { outcome: 'failed', replies: 0 }).says).toBe(
    'the turn ended: it was given up; 0 replies queued',
  );
  expect(said('far-side-failing', { side: 'agent' }).says).toMatch(/calls in a row to the agent/);
});

test.each([
  ['491713920042', '49********42'],
  ['123456', '******'],
  ['1234567', '12***67'],
])('the number %s is shown as %s', (phone, shown) => {
  expect(maskedPhone(phone)).toBe(shown);
});

const channel: TraceAnswer['channel'] = {
  ...{ id: 'ch_1', title: 'Support', active: true },
  ...{ waiting: null, held: null, blocked: null },
};
const since = '2026-11-22T10:00:00.000Z';
const turn: TracedTurn = {
  ...{
    event_id: 'evt_1',
    begun_at: since,
    ended_at: null,
    attempts: 0,
    timeouts: 0,
    outcome: null,
  },
  ...{ code: null, replies: 0, redriven_at: [], merged_into: null, waits_for_more: false },
};
const reply: TracedReply = {
  ...{ reply_id: REPLY, instead_of: null, accepted_at: since, queued: false },
  ...{ parts: [], notes: [], told: [] },
};
const part = {
  ...{ status: 'delivered', at: since, code: null, reason: null },
  ...{ attempts: 1, retry_at: null, message_id: null },
};
const letter = {
  id: 'L',
  event_id: 'evt_1',
  reply_id: null,
  what_to_do: 'Repair it.',
} as LetterSummary;
const failing = { since, failures: 5 };

// biome-ignore format: a table reads by column
test.each([
  { turn: { ended_at: since }, waits: [] },
  { turn: {}, waits: ['The worker: the message is in its queue.'] },
  { turn: { attempts: 1 }, waits: ['The agent: it was asked 1 time, and is asked again.'] },
  { turn: { attempts: 2 }, waits: ['The agent: it was asked 2 times, and is asked again.'] },
  { turn: { waits_for_more: true }, waits: ['The messages that may follow: they become one turn.'] },
  { turn: {}, of: { active: false }, waits: ['The channel is inactive: what waits for it is dropped.'] },
  { turn: {}, of: { held: { since } }, waits: [`The channel is held since ${since}. This ends that: npx dialog360-channel resume ch_1 --local`] },
  { turn: {}, of: { waiting: { for: 'agent' as const, ...failing } }, waits: [`The agent, whose calls have failed since ${since}.`] },
  { turn: { ended_at: since }, letters: [letter], waits: ['An operator: Repair it. npx dialog360-channel dead-letters redrive L --local'] },
  { reply: { queued: true }, waits: ['Reply 1: the sender, which has not looked at it yet.'] },
  { reply: { queued: true }, letters: [{ ...letter, event_id: null, reply_id: REPLY }], waits: ['An operator: Repair it. npx dialog360-channel dead-letters redrive L --local'] },
  { reply: { queued: true }, of: { waiting: { for: 'provider' as const, ...failing } }, waits: [`Reply 1: the sender, which has not looked at it yet; calls of 360dialog have failed since ${since}.`] },
  { reply: { parts: [part] }, waits: [] },
  { reply: { parts: [{ ...part, status: 'failed' }, { ...part, status: 'refused' }] }, waits: [] },
  { reply: { parts: [{ ...part, status: 'sent' }, { ...part, status: 'parked' }] }, waits: ['Reply 1, message 2: the visitor has to write first.'] },
  { reply: { parts: [part, { ...part, status: 'waiting', at: null }] }, waits: ['Reply 1, message 2: it is tried when its turn comes.'] },
  { reply: { parts: [{ ...part, status: 'waiting', code: 'provider-131056', reason: 'Slow', retry_at: since }] }, of: { blocked: { code: 368, since } }, waits: [`Reply 1, message 1: it is tried again at ${since} (provider-131056: Slow); the channel is blocked since ${since} (368).`] },
  { reply: { parts: [{ ...part, status: 'parked' }] }, waits: ['Reply 1, message 1: the visitor has to write first.'] },
  { reply: { parts: [{ ...part, status: 'sending' }] }, waits: ['Reply 1, message 1: a status of 360dialog has to say whether it took it; without one it goes once more.'] },
  { reply: { parts: [{ ...part, status: 'sent' }] }, waits: ['Reply 1, message 1: WhatsApp sent it, and the phone has not confirmed it: it may be off.'] },
])('a story waits for $waits', ({ waits, letters = [], of = {}, ...more }) => {
  const story = {
    trace_id: 'evt_1',
    turns: more.turn ? [{ ...turn, ...more.turn }] : [],
    replies: more.reply ? [{ ...reply, ...more.reply }] : [],
  };
  const answer = { channel: { ...channel, ...of }, dead_letters: letters };
  expect(whatIsWaitedFor(answer, story, { names, next })).toEqual(waits);
});

const later = '2026-11-22T10:00:05.000Z';
const given = { ...letter, at: since, queue: 'inbound', code: 'c', why: 'Why.' } as LetterSummary;

// biome-ignore format: a table reads by column
test.each([
  { what: 'a turn that ended later',    story: { turns: [{ ...turn, ended_at: later }], replies: [] },                        at: later },
  { what: 'a turn that is not over',    story: { turns: [turn], replies: [] },                                                at: since },
  { what: 'another turn',               story: { turns: [{ ...turn, event_id: 'evt_2', ended_at: later }], replies: [] },     at: since },
  { what: 'a reply with a later part',  story: { turns: [], replies: [{ ...reply, parts: [part, { ...part, at: later }] }] }, at: later, of: { event_id: null, reply_id: REPLY } },
])('a letter about $what was given up at $at', ({ story, at, of = {} }) => {
  const steps = wordsOfTable({ trace_id: 'evt_1', ...story }, [{ ...given, ...of }], { lines: [], names });
  expect(steps.find(({ says }) => says.startsWith('given up'))).toMatchObject({ at });
});
