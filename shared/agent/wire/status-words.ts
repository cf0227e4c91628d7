/** What an operator reads of an agent that answers 401 or 403. */
export const SIGNATURE_REFUSED = 'the agent refuses our signature';

interface Head {
  status: number;
  headers: Record<string, string>;
}

/** A status of an agent of our own contract that is no success, and what is to be looked at because of it. */
export function statusWords({ status, headers }: Head): string {
  if (status === 401 || status === 403) return `HTTP ${status}, ${SIGNATURE_REFUSED}`;
  if (status === 404) return 'HTTP 404, the agent has nothing at this address';
  return `HTTP ${status}${redirectWords({ status, headers })}`;
}

/** Of a redirect: where it leads, and that it is not followed. */
export function redirectWords({ status, headers }: Head): string {
  if (status < 300 || status > 399) return '';
  const { location } = headers;
  if (location === undefined) return ', a redirect, which is not followed';
  const host = URL.parse(location)?.host.slice(0, 100);
  return `, a redirect to ${host || 'another path'}, which is not followed`;
}
