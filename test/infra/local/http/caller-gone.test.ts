import { expect, test, vi } from 'vitest';
import { answerAsApiGateway } from '../../../../infra/local/http/api-gateway.ts';
import type { Caller } from '../../../../infra/local/lambda/pool.ts';
import { ROUTES } from '../../../../infra/routes.ts';

test('a call is dropped when its caller hangs up, or has waited as long as API Gateway does', async () => {
  const calls: Caller[] = [];
  const gateway = {
    routes: ROUTES,
    invoke: (_name: unknown, _event: unknown, caller: Caller) => {
      calls.push(caller);
      return new Promise<never>(() => {});
    },
    isUp: () => true,
    mounts: [],
    tell: () => {},
  };
  const ask = {
    method: 'GET',
    path: '/webhooks/a/b',
    query: '',
    headers: {},
    sourceIp: '127.0.0.1',
  };
  const empty = { body: Buffer.alloc(0), sizeBytes: 0 };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const caller = new AbortController();
    void answerAsApiGateway(gateway, { ...ask, ...empty, hungUp: caller.signal });
    const patient = answerAsApiGateway(gateway, { ...ask, ...empty });
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(calls.map(({ gone }) => gone?.aborted)).toEqual([false, false]);
    caller.abort();
    expect(calls.map(({ gone }) => gone?.aborted)).toEqual([true, false]);
    vi.advanceTimersByTime(30_000);
    expect(await patient).toMatchObject({ status: 503 });
    expect(calls.map(({ gone }) => gone?.aborted)).toEqual([true, true]);
  } finally {
    vi.useRealTimers();
  }
});
