import { afterAll, beforeAll, beforeEach } from 'vitest';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../infra/local/http/serve.ts';
import type { Account } from '../../shared/dialog360/hosts.ts';

export interface ProviderStub {
  /** An account whose address is `/base` of the stub. */
  account(hosting?: Account['hosting']): Account;
  /** The requests it got since the test began. */
  asked: HttpAsk[];
  /** It answers so from now on; with a promise it keeps each caller waiting until that resolves. */
  says(answer: HttpAnswer | Promise<HttpAnswer>): void;
}

/**
 * A provider that gives the answer a test sets, for tests of one call. Starts before a file's
 * tests.
 */
export function useProviderStub(): ProviderStub {
  const asked: HttpAsk[] = [];
  let answer: HttpAnswer | Promise<HttpAnswer> = json(200, {});
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
