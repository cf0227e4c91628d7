import { expect, test } from 'vitest';
import { namesInJob } from '../../../../shared/rules/identity/names-in-job.ts';

const CHAT = '0123456789abcdef0123456789abcdef01234567';
const anna = { phone: '491713920042', bsuid: 'DE.7340021985561204', username: '@anna' };
const BOTH = ['phone:491713920042', 'bsuid:DE.7340021985561204'];
const job = (item: object) => ({ channel_id: 'ch_1', received_at: 1_764_000_000_000, item });

test.each([
  { what: 'a message', job: job({ kind: 'message', message: { from: anna } }), names: BOTH },
  { what: 'an echo', job: job({ kind: 'human-message', message: { to: anna } }), names: BOTH },
  {
    what: 'a change of number',
    job: job({ change: { old: anna, new: { phone: '491713920777', bsuid: null } } }),
    names: [...BOTH, 'phone:491713920777'],
  },
  { what: 'a handover', job: job({ change: { visitor: anna } }), names: BOTH },
  { what: 'a wish', job: job({ preference: { from: anna } }), names: BOTH },
  { what: 'a call', job: job({ call: { from: anna } }), names: BOTH },
  { what: 'a status', job: { kind: 'status', status: { recipient: anna } }, names: BOTH },
  { what: 'a reply', job: { kind: 'reply', chat_id: CHAT }, names: [`chat:${CHAT}`] },
  { what: 'a request', job: job({ request: { chat_id: CHAT } }), names: [`chat:${CHAT}`] },
  { what: 'a result', job: job({ notification: { chat_id: CHAT } }), names: [`chat:${CHAT}`] },
])('$what is about the person it names', ({ job, names }) => {
  expect(namesInJob(job)).toEqual(names);
});

test('a message is about its sender alone, whomever it mentions', () => {
  const contacts = [{ phones: [{ wa_id: '4930123456' }] }];
  const message = { from: { ...anna, bsuid: null }, content: { kind: 'contacts', contacts } };
  expect(namesInJob(job({ kind: 'message', message }))).toEqual(['phone:491713920042']);
});

test('what could not be read is about everyone it names, in any place and form', () => {
  const raw = {
    from: 491713920042,
    x: [{ y: { id: 'DE.7340021985561204' } }],
    '4930123456': true,
    to: '+49 171 392-0777',
    chat: '491700000001|dialog360',
    words: 'call me at 491700000002',
  };
  const names = namesInJob(job({ kind: 'unread', reason: 'x', raw }));
  expect(names).toEqual(
    expect.arrayContaining([
      ...BOTH,
      'phone:4930123456',
      'phone:491713920777',
      'phone:491700000001',
    ]),
  );
  expect(names).not.toContain('phone:491700000002');
});

test('a job that is deep, wide or nothing at all has names, and not too many', () => {
  let deep: unknown = '491713920042';
  for (let level = 0; level < 20_000; level++) deep = [deep];
  expect(namesInJob(deep)).toEqual(['phone:491713920042']);
  const wide = Array.from({ length: 5_000 }, (_, at) => 4_900_000_000 + at);
  expect(namesInJob(wide)).toHaveLength(200);
  for (const nothing of [null, undefined, 'text', 4, [], {}])
    expect(namesInJob(nothing)).toEqual([]);
});
