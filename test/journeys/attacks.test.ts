import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretHash } from '../../shared/kernel/hash.ts';
import { BODIES } from '../attacks/vectors/bodies.ts';
import { BYTES } from '../attacks/vectors/bytes.ts';
import { PATHS } from '../attacks/vectors/paths.ts';
import { SECRETS } from '../attacks/vectors/secrets.ts';
import { THIS_MACHINE } from '../attacks/vectors/this-machine.ts';
import { ANSWERS, SAID } from '../attacks/vectors/words.ts';
import { attack, attackWithBytes } from '../support/attack.ts';
import { createChannel } from '../support/create-channel.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { until } from '../support/runtime-until.ts';

/** Longer than the longest problem document. */
const MOST_CHARACTERS = 8_192;

let journey: Journey;
/** What stands for each `{name}` of a vector. */
let words: Record<string, string>;
/** What no answer and no log line may hold. */
let secrets: string[];

beforeAll(async () => {
  journey = await startJourney({
    channel: { options: { stop_words: ['stop'], start_words: ['start'], markdown: 'convert' } },
  });
  const { url } = journey.runtime;
  const other = await createChannel(url, {
    token: 'attacked-key-0002',
    agent: { url: journey.agent.url },
  });
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('Hello');
  journey.provider
    .account('journey-key-0001')
    .files.received.set('5001', { mimeType: 'image/png', bytes: Buffer.from('a picture') });
  await visitor.says({ type: 'image', image: { id: '5001', mime_type: 'image/png' } });
  await journey.runtime.idle();
  const shown = await Promise.all(
    [journey.channel, other].map(async ({ id }) => {
      const answer = await fetch(`${url}/admin/channels/${id}`);
      return ((await answer.json()) as { channel: Record<string, string> }).channel;
    }),
  );
  const [ours, theirs] = shown.map(({ webhook_url = '', incoming_request_url = '' }) => ({
    webhook_token: webhook_url.split('/').at(-1) ?? '',
    incoming_token: incoming_request_url.split('::').at(-1) ?? '',
  }));
  const otherHeader = journey.provider.account('attacked-key-0002').webhook?.headers;
  words = {
    channel: journey.channel.id,
    channel_upper: journey.channel.id.toUpperCase(),
    key: journey.channel.apiKey,
    key_upper: journey.channel.apiKey.toUpperCase(),
    key_hash: secretHash(journey.channel.apiKey),
    webhook_header: journey.channel.webhookHeader,
    ...ours,
    chat: visitor.turns()[0]?.chat.id ?? '',
    media_id: '5001',
    media_query: JSON.stringify(visitor.turns()).match(/\/media\/[^"?]*\?([^"]*)/)?.[1] ?? '',
    other_channel: other.id,
    other_key: other.apiKey,
    other_webhook_header: otherHeader?.['x-webhook-secret'] ?? '',
    other_webhook_token: theirs?.webhook_token ?? '',
    other_incoming_token: theirs?.incoming_token ?? '',
    other_chat: await chatOfOther(),
  };
  const { key, other_key, webhook_token, webhook_header, incoming_token } = words;
  secrets = [
    key,
    other_key,
    webhook_token,
    webhook_header,
    incoming_token,
    'attacked-key-0002',
  ].map((secret) => secret ?? '');
  secrets.push('journey-key-0001', journey.channel.agentSecret);

  async function chatOfOther(): Promise<string> {
    const body = {
      to: { phone: '491713920777' },
      replies: [{ type: 'template', name: 'a', language: 'en' }],
    };
    const answer = await fetch(`${url}/v1/channels/${other.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await answer.json()) as { chat_id: string }).chat_id;
  }
});
afterAll(() => journey.stop());

test.each([...SECRETS, ...PATHS, ...BODIES, ...THIS_MACHINE])('$what', async (vector) => {
  // Whoever guesses secrets is slowed down: then the same guess comes later.
  const answer = await until(async () => {
    const now = await attack(journey.runtime.url, vector, words);
    return now.status === 429 ? undefined : now;
  });
  const { status, text, headers } = answer;
  expect({ status, text: text.slice(0, 500) }).toMatchObject({ status: vector.status });
  if (vector.code) expect(JSON.parse(text)).toMatchObject({ code: vector.code });
  expect(text.length).toBeLessThan(MOST_CHARACTERS);
  for (const secret of secrets) expect(text + JSON.stringify(headers)).not.toContain(secret);
  expect(text).not.toMatch(/<script|node_modules|\.[cm]?[jt]s:\d| {4}at /);
});

test.each(BYTES)('as bytes: $what', async ({ bytes }) => {
  const answer = await attackWithBytes(journey.runtime.url, bytes, words);
  expect(answer).not.toMatch(/^HTTP\/1\.1 5/m);
  expect(answer.match(/^HTTP\/1\.1 /gm)?.length ?? 0).toBeLessThan(2);
  expect(answer).not.toContain('"channels"');
});

test.each(ANSWERS)('an agent answers with $what, and is asked once', async ({ answer, texts }) => {
  const visitor = meetVisitor(journey);
  journey.agent.next({ status: 200, body: answer() });
  await visitor.says('Hi');
  await journey.runtime.idle();
  expect(visitor.turns()).toHaveLength(1);
  expect(visitor.texts()).toEqual(texts);
});

test.each(SAID)('a visitor says $what, and is answered', async ({ text }) => {
  const visitor = meetVisitor(journey);
  await visitor.says(text(), ['Noted']);
  await journey.runtime.idle();
  expect(visitor.turns()).toHaveLength(1);
  expect(visitor.texts()).toEqual(['Noted']);
});

test('after all that nothing was written for the other channel, nothing failed and no secret was logged', async () => {
  const lines = journey.runtime.output.map(({ line }) => line);
  const failed = lines.filter((line) => /unexpected-error|dependency-unavailable/.test(line));
  expect(failed).toEqual([]);
  for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  expect(
    await journey.item(`CHAT#${words.other_channel}#${words.other_chat}`, 'CHAT'),
  ).toMatchObject({
    channel_chat_id: '491713920777|dialog360',
  });
  const visitor = meetVisitor(journey);
  await visitor.promptsAndWaits('All is well');
  expect(visitor.texts()).toEqual(['All is well']);
});
