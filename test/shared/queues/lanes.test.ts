import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inLanes, type QueueEntry } from '../../../shared/queues/lanes.ts';

const MIB = 1024 * 1024;
const plain = (count: number): QueueEntry[] =>
  Array.from({ length: count }, (_, at) => ({ body: String(at) }));
const calls = (entries: QueueEntry[]) => inLanes(entries).flat();
const depth = (entries: QueueEntry[]) => Math.max(...inLanes(entries).map((lane) => lane.length));
const bytes = (batch: QueueEntry[]) =>
  batch.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);

const entry = fc.record({
  group: fc.constantFrom(undefined, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'),
  // Letters of one, two and four bytes: SQS counts bytes.
  body: fc
    .tuple(fc.constantFrom('x', 'é', '👍'), fc.constantFrom(0, 1, 9, 30_000, 120_000))
    .map(([letter, times]) => letter.repeat(times)),
});
const entries = fc.array(entry, { maxLength: 130 }).map((all) =>
  all.map(
    ({ group, body }, at): QueueEntry => ({
      body: `${at}:${body}`,
      ...(group !== undefined && { group }),
    }),
  ),
);
const positionOf = ({ body }: QueueEntry) => Number(body.split(':')[0]);

test('every entry goes once, and no call is more than SQS takes', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const batches = calls(all);
      expect(
        batches
          .flat()
          .map(positionOf)
          .sort((a, b) => a - b),
      ).toEqual([...all.keys()]);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(batch.length === 1 || bytes(batch) <= MIB).toBe(true);
      }
    }),
  );
});

test('the many entries of one channel on a standard queue take as many lanes as those of many channels', () => {
  const ofOne = plain(800).map((one) => ({ ...one, tenant: 'ch_1' }));
  expect(depth(ofOne)).toBe(10);
});

test('a group stays in one lane and in its order, and there are at most eight lanes', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const lanes = inLanes(all).map((batches) => batches.flat());
      expect(lanes.length).toBeLessThanOrEqual(8);
      const laneOf = new Map<string, number>();
      for (const [number, lane] of lanes.entries()) {
        const last = new Map<string, number>();
        for (const one of lane) {
          if (one.group === undefined) continue;
          expect(laneOf.get(one.group) ?? number).toBe(number);
          laneOf.set(one.group, number);
          expect(positionOf(one)).toBeGreaterThan(last.get(one.group) ?? -1);
          last.set(one.group, positionOf(one));
        }
      }
    }),
  );
});

test('entries without a group take as few calls as there can be, side by side', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_200 }), (count) => {
      const fewest = Math.ceil(count / 10);
      expect(calls(plain(count))).toHaveLength(fewest);
      expect(depth(plain(count))).toBe(Math.ceil(fewest / 8));
    }),
  );
});

// biome-ignore format: a table reads by column
const cases = [
  { what: 'nothing',                      all: plain(0),     lanes: 0, calls: 0 },
  { what: 'one',                          all: plain(1),     lanes: 1, calls: 1 },
  { what: 'ten',                          all: plain(10),    lanes: 1, calls: 1 },
  { what: 'eleven',                       all: plain(11),    lanes: 2, calls: 2 },
  { what: 'eighty',                       all: plain(80),    lanes: 8, calls: 8 },
  { what: 'eighty-five',                  all: plain(85),    lanes: 5, calls: 9 },
  { what: 'a thousand',                   all: plain(1_000), lanes: 8, calls: 100 },
  { what: 'a hundred of one chat',        all: plain(100).map((one) => ({ ...one, group: 'a' })), lanes: 1, calls: 10 },
  { what: 'five of a quarter of 1 MiB',     all: Array(5).fill({ body: 'x'.repeat(MIB / 4) }),      lanes: 1, calls: 2 },
  { what: 'four of exactly 1 MiB in all', all: Array(4).fill({ body: 'x'.repeat(MIB / 4) }),      lanes: 1, calls: 1 },
  { what: 'four of a byte more',          all: [...Array(3).fill({ body: 'x'.repeat(MIB / 4) }), { body: 'x'.repeat(MIB / 4 + 1) }], lanes: 1, calls: 2 },
  { what: 'one that is too long alone',   all: [{ body: 'a' }, { body: 'x'.repeat(MIB + 1) }, { body: 'b' }], lanes: 1, calls: 3 },
];

test.each(cases)('$what: $lanes lanes, $calls calls', ({ all, lanes, calls: expected }) => {
  expect(inLanes(all)).toHaveLength(lanes);
  expect(calls(all)).toHaveLength(expected);
});

test('a chat with very much to say does not make the others wait behind it', () => {
  const loud = plain(100).map((one) => ({ ...one, group: 'loud' }));
  const others = Array.from({ length: 50 }, (_, at) => ({ body: 'x', group: String(at) }));
  const lanes = inLanes([...loud, ...others]);
  const withLoud = lanes.filter((lane) => lane.flat().some(({ group }) => group === 'loud'));
  expect(withLoud.map((lane) => lane.flat().length)).toEqual([100]);
  expect(lanes.length).toBeGreaterThan(1);
});
