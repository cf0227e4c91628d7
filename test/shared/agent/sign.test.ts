import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signedHeaders } from '../../../shared/agent/sign.ts';

test('the specification’s own example is signed as its libraries sign it', () => {
  // github.com/standard-webhooks/standard-webhooks, libraries/javascript/src/webhook.test.ts,
  // "sign function works", read 2026-11-23
  expect(
    signedHeaders({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      at: 1_614_265_330,
    }),
  ).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

/** A receiver, written from the text of the specification alone. */
function verifies(headers: Record<string, string>, body: Buffer, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = Buffer.concat([
    Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.`),
    body,
  ]);
  const expected = createHmac('sha256', key).update(signed).digest();
  return (headers['webhook-signature'] ?? '').split(' ').some((entry) => {
    const [version, signature = ''] = entry.split(',');
    const given = Buffer.from(signature, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

const secret = () => `whsec_${randomBytes(32).toString('base64')}`;
const id = 'evt_1';
const at = 1_795_000_000;

test('whatever the body holds, the secret verifies exactly its bytes, and no other secret does', () => {
  const [ours, theirs] = [secret(), secret()];
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (body) => {
      const headers = signedHeaders({ id, body, secrets: [ours], at });
      expect(verifies(headers, Buffer.from(body), ours)).toBe(true);
      expect(verifies(headers, Buffer.from(body), theirs)).toBe(false);
      expect(verifies(headers, Buffer.from(`${body} `), ours)).toBe(false);
    }),
  );
});

test('during a rotation receivers with the new or the old secret both verify', () => {
  const [fresh, old, stranger] = [secret(), secret(), secret()];
  const headers = signedHeaders({ id, body: 'Hello', secrets: [fresh, old], at });
  const body = Buffer.from('Hello');
  expect([fresh, old, stranger].map((one) => verifies(headers, body, one))).toEqual([
    true,
    true,
    false,
  ]);
  expect(headers['webhook-signature']).toMatch(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
  const newest = signedHeaders({ id, body: 'Hello', secrets: [fresh], at })['webhook-signature'];
  expect(headers['webhook-signature']?.startsWith(newest ?? '?')).toBe(true);
});

test.each([
  { what: 'another id', more: { 'webhook-id': 'evt_2' } },
  { what: 'another time', more: { 'webhook-timestamp': String(at + 1) } },
])('a signature does not hold for $what', ({ more }) => {
  const ours = secret();
  const headers = { ...signedHeaders({ id, body: 'Hello', secrets: [ours], at }), ...more };
  expect(verifies(headers, Buffer.from('Hello'), ours)).toBe(false);
});
