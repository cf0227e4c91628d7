import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';

/** A request to AWS, or to an endpoint of ours that AWS guards. */
export interface AwsRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * All headers a request needs to be taken by AWS: its own, and Signature Version 4 over it for a
 * `service` of a `region`. Valid for five minutes from now.
 */
export async function signForAws(
  { method, url, headers = {}, body }: AwsRequest,
  {
    service,
    region,
    credentials,
  }: { service: string; region: string; credentials: AwsCredentials },
): Promise<Record<string, string>> {
  const { protocol, hostname, host, pathname, searchParams } = new URL(url);
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol,
    hostname,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers, host },
    body,
  });
  return signed.headers;
}
