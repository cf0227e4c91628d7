/** What only concerns the way a request came: the connection, proxies, the cloud (RFC 9110 §7.6.1). */
const OF_THE_WAY =
  /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-length|forwarded|via|true-client-ip|x-real-ip|x-forwarded-.*|x-amzn?-.*|cf-.*|fastly-.*|cloudfront-.*|cdn-.*)$/;

/** What names a secret, or a proof of one, wherever it stands in a name … */
const SECRET =
  /api[-_]?key|authenti|authori[sz]|cookie|credential|csrf|jwt|passw|secret|session|signature|token|xsrf/;
/** … and what does so only as a word of its own. */
const SECRET_WORD = /(^|[-_])(auth|keys?|otp|pass|sid|sign)([-_\d]|$)/;

/**
 * The headers of an Incoming Request that the agent sees: not the caller's secrets, and nothing of the
 * way it came (docs/contract.md#incoming_request, `headers`). In doubt a header is left out.
 */
export function shownHeaders(headers: Record<string, string | undefined>): Record<string, string> {
  const shown: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    const isHidden = [OF_THE_WAY, SECRET, SECRET_WORD].some((hidden) => hidden.test(lower));
    if (value !== undefined && !isHidden) shown.push([lower, value]);
  }
  return Object.fromEntries(shown);
}
