import { awsAddress } from '../../../shared/kernel/aws-address.ts';
import { signForAws } from '../../../shared/kernel/sign-for-aws.ts';
import type { AwsAccount } from '../aws-account.ts';
import { fetchFault } from '../fetch-fault.ts';

const TIMEOUT_MS = 15_000;

/** A call of AWS, and what is read of its answer. Never throws: where there is none, a sentence says why. */
export async function askAws(
  { region, credentials }: AwsAccount,
  {
    service,
    endpoint,
    headers,
    body,
  }: {
    service: string;
    endpoint: string | undefined;
    headers: Record<string, string>;
    body: string;
  },
): Promise<{ status: number; text: string } | { fault: string }> {
  const url = `${endpoint ?? awsAddress(service, region)}/`;
  const request = { method: 'POST', url, headers, body };
  try {
    const signed = await signForAws(request, { service, region, credentials });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { ...request, headers: signed, redirect: 'manual', signal });
    return { status: answer.status, text: await answer.text() };
  } catch (error) {
    return { fault: `${url} does not answer (${fetchFault(error)})` };
  }
}
