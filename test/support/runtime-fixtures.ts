import type { FunctionSpec } from '../../infra/functions.ts';

const at = (entry: string, more: Partial<FunctionSpec> = {}): FunctionSpec => ({
  entry: `test/infra/local/functions/${entry}.ts`,
  handler: 'handler',
  timeoutSeconds: 5,
  memoryMb: 256,
  ...more,
});

// Tiny functions instead of the product's, for tests of the runtime itself.
export const FIXTURE_REQUESTS = { webhook: at('requests'), channels: at('requests') };
export const FIXTURE_STREAMS = { media: at('streams') };
export const FIXTURE_JOBS = {
  worker: at('jobs', { trigger: 'inbound' }),
  news: at('jobs', { trigger: 'statuses' }),
  send: at('jobs', { trigger: 'outbound' }),
};
