import { afterAll, beforeAll, beforeEach } from 'vitest';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../infra/local/http/serve.ts';
import type { Account } from '../../shared/dialog360/hosts.ts';

export interface ProviderStub {
  /** Behind `/base` of the stub; with another hosting where it is said. */
  account(hosting?: Account['hosting']): Account;
  /** What it was asked since the test began. */
  asked: HttpAsk[];
  says(answer: HttpAnswer): void;
}

/**
 * A provider that says what it is told to, for tests of one call. Filled before a file's tests run.
 */
export function useProviderStub(): ProviderStub {
  const asked: HttpAsk[] = [];
  let answer: HttpAnswer = json(200, {});
  let base_url = '';
  let stop = async () => {};
  beforeAll(async () => {
    const listener = serve((ask) => {
      asked.push(ask);
      return answer;
    });
    const { port, close } = await listenOnLoopback(listener);
    base_url = `http://127.0.0.1:${port}/base`;
    stop = close;
  });
  beforeEach(() => {
    asked.splice(0);
  });
  afterAll(() => stop());
  return {
    account: (hosting = 'cloud') => ({ hosting, base_url, token: 'key-1' }),
    asked,
    says: (next) => {
      answer = next;
    },
  };
}
