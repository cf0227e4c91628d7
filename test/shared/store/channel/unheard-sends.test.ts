import { expect, test } from 'vitest';
import { openLastSeen } from '../../../../shared/store/channel/last-seen.ts';
import { darkSince, openUnheardSends } from '../../../../shared/store/channel/unheard-sends.ts';
import { useTable } from '../../../support/table.ts';

const START = 1_795_000_000_000;
const MINUTE = 60_000;

const table = useTable();

/** What happens to one channel, each at a minute, and whether it is dark at the end. */
type Happening = readonly ['sends' | 'hears', number];

// biome-ignore format: a table reads by column
const lives: { what: string; happens: Happening[]; at: number; since: number | null }[] = [
  { what: 'has never sent',                                          happens: [],                                                       at: 60, since: null },
  { what: 'sent for the first time half an hour ago, and hears nothing', happens: [['sends', 0]],                                       at: 30, since: 0 },
  { what: 'sent 29 minutes ago',                                     happens: [['sends', 0]],                                           at: 29, since: null },
  { what: 'hears of what it sent',                                   happens: [['sends', 0], ['hears', 1]],                             at: 90, since: null },
  { what: 'hears of two messages within five minutes, of which the second is not noted', happens: [['hears', 0], ['sends', 1], ['hears', 2]], at: 90, since: null },
  { what: 'sends on and on, and hears nothing any more',             happens: [['hears', 0], ['sends', 10], ['sends', 20], ['sends', 40]], at: 41, since: 10 },
  { what: 'was dark, and hears again',                               happens: [['sends', 0], ['sends', 40], ['hears', 41]],             at: 90, since: null },
  { what: 'was dark, heard again, and is dark once more',            happens: [['sends', 0], ['hears', 41], ['sends', 60]],             at: 95, since: 60 },
  { what: 'has only heard',                                          happens: [['hears', 0]],                                           at: 90, since: null },
];

test.each(lives)('a channel that $what is dark since: $since', async ({
  what,
  happens,
  at,
  since,
}) => {
  let now = START;
  const noteSend = openUnheardSends(table, () => now);
  const lastSeen = openLastSeen(table, () => now);
  for (const [kind, minute] of happens) {
    now = START + minute * MINUTE;
    if (kind === 'sends') await noteSend(what);
    else await lastSeen.note(what, now, 'last_status_at');
  }
  const dark = await darkSince(table, what, START + at * MINUTE);
  expect(dark).toBe(since === null ? null : START + since * MINUTE);
});

test('many messages of one channel are one write in five minutes', async () => {
  const noteSend = openUnheardSends(table, () => START);
  const before = table.calls.length;
  for (let sent = 0; sent < 20; sent += 1) await noteSend('ch_busy');
  expect(table.calls.length - before).toBe(1);
});
