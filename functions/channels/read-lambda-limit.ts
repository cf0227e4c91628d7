import * as z from 'zod/mini';
import { awsAddress } from '../../shared/kernel/aws-address.ts';
import { exchange, type Reach } from '../../shared/kernel/http.ts';
import { read } from '../../shared/kernel/parse.ts';
import { type AwsCredentials, signForAws } from '../../shared/kernel/sign-for-aws.ts';

export interface AwsAccess {
  region: string;
  credentials: AwsCredentials;
  reach: Reach;
  timeoutMs: number;
  /** Where Lambda is, other than its usual address. */
  endpoint?: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html (read 2026-11-23) */
const PATH = '/2016-08-19/account-settings/';

const settingsSchema = z.object({
  AccountLimit: z.object({ ConcurrentExecutions: z.number() }),
});

/**
 * How many functions this account may run at once; null when it cannot be learnt: no permission, no
 * answer. One signed call, because the whole Lambda client for it would be a third of the bundle.
 */
export async function readLambdaLimit(account: AwsAccess): Promise<number | null> {
  const {
    region,
    credentials,
    reach,
    timeoutMs,
    endpoint = awsAddress('lambda', region),
  } = account;
  const url = `${endpoint}${PATH}`;
  const headers = await signForAws(
    { method: 'GET', url },
    { service: 'lambda', region, credentials },
  );
  const limits = { timeoutMs, maxBytes: 64 * 1024, reach };
  const outcome = await exchange({ method: 'GET', url, headers, ...limits });
  if (outcome.kind !== 'answered' || outcome.status !== 200) return null;
  const settings = read(settingsSchema, jsonOf(outcome.body));
  return settings.ok ? settings.value.AccountLimit.ConcurrentExecutions : null;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null; // the same as an answer without the number
  }
}
