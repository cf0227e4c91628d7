import { SSMClient } from '@aws-sdk/client-ssm';

/** A client whose calls end after 3 s and are tried again twice. */
export const openSsm = (): SSMClient =>
  new SSMClient({
    maxAttempts: 3,
    // By itself the client only warns of a late answer, and goes on waiting for it.
    requestHandler: {
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
    },
  });
