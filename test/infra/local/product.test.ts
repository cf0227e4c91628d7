import { expect, test } from 'vitest';
import { FUNCTIONS } from '../../../infra/functions.ts';
import { ownRuntime } from '../../support/borrow-runtime.ts';
import { startJourney } from '../../support/journey.ts';
import { until } from '../../support/runtime-until.ts';
import { cloudText } from '../../support/webhook-bodies.ts';

test('the runtime runs the product, and replaces a worker that is killed in the middle of a call', async () => {
  const journey = await startJourney();
  const { runtime, agent, provider } = journey;
  const killed: number[] = [];
  const forget = runtime.intercept(async ({ caller, service, moment }) => {
    if (caller !== 'worker' || service !== 'dynamodb' || moment !== 'after') return 'pass';
    forget();
    killed.push(...(await runtime.kill('worker')));
    return 'hang';
  });
  const message = cloudText({ id: 'wamid.1', phone: '491700000001', text: 'Hello' });
  expect(await journey.post(message)).toBe(200);
  await until(() => provider.sent.length > 0);
  await runtime.idle();

  expect(killed).toHaveLength(1);
  expect(runtime.pids('worker')).not.toContain(killed[0]);
  expect(agent.turns()).toHaveLength(1);
  expect(provider.sent.map(({ request }) => request.text)).toEqual(['You said: Hello']);
  expect(provider.refusals).toEqual([]);
  await journey.stop();
});

test('the runtime runs the sweep by itself, does not wait for one that hangs, and ends it when it stops', async () => {
  const { sweep } = FUNCTIONS;
  const runtime = await ownRuntime({ functions: { sweep } });
  let queries = 0;
  runtime.intercept(({ caller, operation, moment }) => {
    if (caller !== 'sweep' || operation !== 'Query' || moment !== 'before') return 'pass';
    queries += 1;
    return 'hang'; // the client gives up after three seconds, and tries twice more
  });
  await until(() => queries > 0);
  const pids = runtime.pids('sweep');
  expect(pids).toHaveLength(1);
  let begun = Date.now();
  await runtime.idle();
  expect(Date.now() - begun).toBeLessThan(2_500);

  begun = Date.now();
  await runtime.stop();
  expect(Date.now() - begun).toBeLessThan(5_000);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
