import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ThreadControl } from '../../../../shared/contract/chat.ts';
import {
  type ControlRecord,
  type ControlWord,
  controlAfter,
  timeOfHandover,
} from '../../../../shared/rules/chat/thread-control.ts';

const meta = (at: number): ThreadControl => ({ holder: 'meta', at, event_id: 'evt_m' });
const us = (at: number): ThreadControl => ({ holder: 'us', at, event_id: 'evt_u' });
const standby = { by: 'message', holder: 'meta' } as const;
const message = { by: 'message', holder: 'us' } as const;
const taken = { by: 'handover', holder: 'meta' } as const;
const passed = { by: 'handover', holder: 'us' } as const;

// biome-ignore format: a table reads by column
const words: { when: string; word: Omit<ControlWord, 'at' | 'event_id'>; control: ThreadControl | null; last: number | null; becomes: Partial<ThreadControl> | null }[] = [
  { when: 'a healthy chat hears a message',                     word: message, control: null,     last: 10,   becomes: null },
  { when: 'a message comes to Meta’s agent',                    word: standby, control: null,     last: 10,   becomes: { holder: 'meta', at: 10, event_id: 'evt_w' } },
  { when: 'one more comes to it',                               word: standby, control: meta(5),  last: 10,   becomes: null },
  { when: 'a message is ours again',                            word: message, control: meta(5),  last: 10,   becomes: { holder: 'us', at: 10, event_id: 'evt_w' } },
  { when: 'the next one is ours too',                           word: message, control: us(5),    last: 10,   becomes: null },
  { when: 'it goes back to Meta’s agent',                       word: standby, control: us(5),    last: 10,   becomes: { holder: 'meta', at: 10 } },
  { when: 'one for Meta’s agent comes late, after one of ours', word: standby, control: null,     last: 11,   becomes: null },
  { when: 'one of ours comes late, after one for Meta’s agent', word: message, control: meta(5),  last: 11,   becomes: null },
  { when: 'one for Meta’s agent comes late, after a handover',  word: standby, control: us(11),   last: 9,    becomes: null },
  { when: 'one of ours comes late, after a handover',           word: message, control: meta(11), last: 9,    becomes: null },
  { when: 'in one second the later message decides',            word: message, control: meta(10), last: 10,   becomes: { holder: 'us', at: 10 } },
  { when: 'a visitor who never wrote is taken',                 word: taken,   control: null,     last: null, becomes: { holder: 'meta', at: 10 } },
  { when: 'Meta’s agent passes it to us',                       word: passed,  control: meta(5),  last: 9,    becomes: { holder: 'us', at: 10 } },
  { when: 'it passes what we did not know it had',              word: passed,  control: null,     last: 9,    becomes: { holder: 'us', at: 10 } },
  { when: 'it is taken from us',                                word: taken,   control: us(5),    last: 9,    becomes: { holder: 'meta', at: 10 } },
  { when: 'it is taken once more, and the change stays one',    word: taken,   control: meta(5),  last: 9,    becomes: { holder: 'meta', at: 10, event_id: 'evt_m' } },
  { when: 'a handover comes late, after a message',             word: taken,   control: null,     last: 11,   becomes: null },
  { when: 'a handover comes late, after another',               word: passed,  control: meta(11), last: 9,    becomes: null },
  { when: 'a handover is repeated',                             word: passed,  control: us(10),   last: 9,    becomes: null },
];

test.each(words)('who has the conversation when $when', ({ word, control, last, becomes }) => {
  const after = controlAfter(
    { control, last_inbound_at: last },
    { ...word, at: 10, event_id: 'evt_w' },
  );
  if (becomes === null) expect(after).toBeNull();
  else expect(after).toMatchObject(becomes);
});

test('a handover of the same second is later than a message, and earlier than one of the next', () => {
  expect(timeOfHandover(5_000)).toBeGreaterThan(5_000);
  expect(timeOfHandover(5_000)).toBeLessThan(6_000);
});

test('in whatever order words of different times arrive, also each twice, the newest decides', () => {
  const word = fc.constantFrom(standby, message, taken, passed);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      (said, chance) => {
        const all = said.map((one, index) => ({ ...one, at: index + 1, event_id: `evt_${index}` }));
        const order = [...all, ...all]
          .map((one) => ({ one, place: chance.next().value ?? 0 }))
          .sort((a, b) => a.place - b.place);
        let chat: ControlRecord = { control: null, last_inbound_at: null };
        for (const { one } of order) {
          const heard = one.by === 'message' ? one.at : 0;
          const last_inbound_at = Math.max(chat.last_inbound_at ?? 0, heard) || null;
          chat = { ...chat, last_inbound_at };
          chat = { ...chat, control: controlAfter(chat, one) ?? chat.control };
        }
        expect(chat.control?.holder ?? 'us').toBe(all.at(-1)?.holder);
      },
    ),
  );
});
