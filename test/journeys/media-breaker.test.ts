import { afterAll, beforeAll, expect, test } from 'vitest';
import { json } from '../../infra/local/http/serve.ts';
import { type Journey, startJourney } from '../support/journey.ts';
import { holdFile, PROVIDER_KEY, sendFile, someBytes } from '../support/journey-files.ts';
import { until } from '../support/runtime-until.ts';

/** Deployed, an hour. */
const WINDOW_MS = 3_000;

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ tuning: { mediaBreakerMs: WINDOW_MS } });
});
afterAll(() => journey.stop());

/** The address the agent is given of a picture that it has not asked for yet. */
async function newPicture(): Promise<string> {
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'image/png', bytes: someBytes() });
  const { file } = await sendFile(journey, 'image', { id });
  return file.url ?? expect.fail('there is no address');
}

test('the breaker opens after ten error answers, and closes when they are over', async () => {
  const pictures: string[] = [];
  for (let at = 0; at < 13; at++) pictures.push(await newPicture());
  const [unlucky = [], spare = []] = [pictures.slice(0, 10), pictures.slice(10)];
  let asked = 0;
  const mend = journey.provider.onRequest(({ path }) => {
    if (!/^\/\d+$/.test(path)) return undefined;
    asked += 1;
    return json(500, { meta: { developer_message: 'Internal error' } });
  });

  for (const url of unlucky) expect((await fetch(url)).status).toBe(503);
  expect(asked).toBe(10);
  mend();

  const refused = await fetch(spare[0] ?? '');
  const { code } = (await refused.json()) as { code: string };
  const waitSeconds = Number(refused.headers.get('retry-after'));
  expect([refused.status, code]).toEqual([503, 'media-unavailable']);
  expect(waitSeconds).toBeGreaterThan(0);
  expect(waitSeconds).toBeLessThanOrEqual(4);
  await journey.runtime.logged(({ message }) => message === 'media-breaker-open');
  const [item] = await journey.items(`MEDIA#${journey.channel.id}`);
  expect(item).toBeDefined();

  // It closes when the errors are over; until then the provider is left alone, however often one asks.
  await until(async () => (await fetch(spare[0] ?? '')).status === 200, { what: 'the closing' });
  expect((await fetch(spare[1] ?? '')).status).toBe(200);
});
