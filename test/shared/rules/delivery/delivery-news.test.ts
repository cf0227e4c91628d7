import { expect, test } from 'vitest';
import {
  type DegradeCode,
  LOSES,
  type Part,
  type PartStatus,
} from '../../../../shared/contract/delivery.ts';
import {
  deliveryNews,
  endNews,
  releaseNews,
  toldWord,
} from '../../../../shared/rules/delivery/delivery-news.ts';
import { someDelivery, somePart } from '../../../support/some-delivery.ts';

const left = (status: PartStatus, number: number, more: Partial<Part> = {}) =>
  somePart(status, { message_id: `wamid.${number}`, ...more });
const told = (...parts: Part[]) => endNews(someDelivery(parts)).map(toldWord);

test('news names the reply, the agent’s own id, the message and the part', () => {
  const failed = left('failed', 1, { code: 'provider-131026', reason: 'Undeliverable' });
  const one = someDelivery([left('sent', 0), failed]);
  expect(deliveryNews(one, 1, 'failed', failed)).toStrictEqual({
    reply_id: one.reply_id,
    id: 'mine',
    event_id: 'evt_1',
    message_id: 'wamid.1',
    part: 1,
    parts: 2,
    status: 'failed',
    code: 'provider-131026',
    reason: 'Undeliverable',
    at: '2026-11-22T10:00:00.500Z',
  });
});

test('fields without a value are left out', () => {
  const refused = somePart('refused');
  const one = someDelivery([refused], { id: null, event_id: null });
  expect(deliveryNews(one, 0, 'refused', refused)).toStrictEqual({
    reply_id: one.reply_id,
    part: 0,
    parts: 1,
    status: 'refused',
    at: '2026-11-22T10:00:00.500Z',
  });
});

// biome-ignore format: a table reads by column
const ends: { when: string; parts: Part[]; says: string[] }[] = [
  { when: 'every part left',                              parts: [left('accepted', 0), left('accepted', 1)],           says: ['0:accepted', '1:accepted'] },
  { when: 'a status came before the record',              parts: [left('read', 0), left('delivered', 1)],              says: ['0:accepted', '1:accepted'] },
  { when: 'it was refused as a whole',                    parts: [somePart('refused'), somePart('refused'), somePart('refused')],  says: ['0:refused'] },
  { when: 'it expired before the second part',            parts: [left('sent', 0), somePart('expired'), somePart('expired')],  says: ['0:accepted', '1:expired'] },
  { when: 'the provider said no to the second part',      parts: [left('sent', 0), somePart('failed'), somePart('failed')],    says: ['0:accepted', '1:failed'] },
  { when: 'a message left and failed later',              parts: [left('failed', 0), left('sent', 1)],                 says: ['0:accepted', '1:accepted'] },
];

test.each(ends)('a reply is done when $when', ({ parts, says }) => {
  expect(told(...parts)).toEqual(says);
});

test('a part that was never begun is no news', () => {
  expect(endNews(someDelivery([left('sent', 0)], { part_count: 3 })).map(toldWord)).toEqual([
    '0:accepted',
  ]);
});

const codes = Object.keys(LOSES) as DegradeCode[];

test.each(
  codes,
)('a message that went with "%s" is degraded exactly when it lost something', (code) => {
  const news = endNews(someDelivery([left('sent', 0, { notes: [code] })]));
  expect(news.map(toldWord)).toEqual([
    '0:accepted',
    ...(LOSES[code] ? [`0:degraded:${code}`] : []),
  ]);
  for (const one of news.slice(1))
    expect(one).toMatchObject({ status: 'degraded', code, message_id: 'wamid.0' });
});

test('a part that did not go is not told as degraded', () => {
  expect(told(somePart('refused', { notes: ['label-cut'] }))).toEqual(['0:refused']);
});

test('two losses of one message are two pieces of news, each told once', () => {
  const words = told(
    left('sent', 0, { notes: ['label-cut', 'parameter-whitespace', 'text-split'] }),
  );
  expect(words).toEqual(['0:accepted', '0:degraded:label-cut', '0:degraded:parameter-whitespace']);
});

test('the same news of another part, or another status of the same part, is remembered apart', () => {
  const one = someDelivery([left('sent', 0), left('sent', 1)]);
  const words = ([0, 1] as const).flatMap((index) =>
    (['accepted', 'sent', 'failed'] as const).map((status) =>
      toldWord(deliveryNews(one, index, status, left(status, index))),
    ),
  );
  expect(new Set(words).size).toBe(6);
});

const AT = '2026-11-22T10:00:00.500Z';
const parked = somePart('parked', { code: 'window-closed', reason: 'Closed.' });

test('a reply that is parked is told so, once for all its parts', () => {
  expect(told(left('sent', 0), parked, parked)).toEqual(['0:accepted', `1:parked:${AT}`]);
});

test('a reply that is parked a second time is told a second time', () => {
  const again = { ...parked, at: parked.at + 1 };
  expect(told(parked)).not.toEqual(told(again));
  expect(told(parked)).toEqual(told({ ...parked }));
});

// biome-ignore format: a table reads by column
const notes: { when: string; part: Part; notes: string[]; note: string | undefined }[] = [
  { when: 'it was refused and the template went',        part: somePart('refused'),  notes: ['text-split', 'template-sent'], note: 'template-sent' },
  { when: 'it was parked and the template went',         part: parked,               notes: ['template-sent'],              note: 'template-sent' },
  { when: 'it was parked and the template failed',       part: parked,               notes: ['fallback-template-failed'],   note: 'fallback-template-failed' },
  { when: 'the template failed once, and went later',    part: parked,               notes: ['fallback-template-failed', 'template-sent'], note: 'template-sent' },
  { when: 'it was refused and nothing went',             part: somePart('refused'),  notes: ['text-split'],                 note: undefined },
  { when: 'it went itself in the end',                   part: left('accepted', 0),  notes: ['template-sent'],              note: undefined },
  { when: 'it expired in the park',                      part: somePart('expired'),  notes: ['template-sent'],              note: undefined },
];

test.each(notes)('the note of the news when $when: $note', ({ part, notes, note }) => {
  const [news] = endNews(someDelivery([part], { notes }));
  expect(news?.note).toBe(note);
});

test('a reply that leaves the park is told so, of the first part that waited there', () => {
  const at = parked.at + 60_000;
  const news = releaseNews(
    someDelivery([
      left('sent', 0),
      somePart('waiting', { released_at: at }),
      somePart('waiting', { released_at: at }),
    ]),
  );
  expect(news).toMatchObject([
    { part: 1, parts: 3, status: 'released', at: new Date(at).toISOString() },
  ]);
  expect(news[0]).not.toHaveProperty('code');
  expect(releaseNews(someDelivery([parked]))).toEqual([]);
  expect(releaseNews(someDelivery([]))).toEqual([]);
});

test('a reply that leaves the park a second time, from a later part on, is told of that part', () => {
  const at = parked.at + 60_000;
  const news = releaseNews(
    someDelivery([
      left('sent', 0, { released_at: at - 30_000 }),
      somePart('waiting', { released_at: at }),
    ]),
  );
  expect(news.map(toldWord)).toEqual([`1:released:${new Date(at).toISOString()}`]);
});
