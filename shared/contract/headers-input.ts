import * as z from 'zod/mini';

/** All secrets of a channel share one SSM parameter of 4096 bytes (standard tier): headers get half. */
const MAX_HEADERS_BYTES = 2048;

/** A field name of RFC 9110 §5.1, and a value that fits one line of ASCII. */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,128}$/;
const HEADER_VALUE = /^[\x20-\x7e]*$/;
/** Headers an event carries itself, or that belong to the connection (RFC 9110 §7.6.1). */
const OWN_HEADERS =
  /^(webhook-.*|idempotency-key|content-(type|length)|host|connection|proxy-connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect)$/i;

const faultOfHeader = (name: string, earlier: Set<string>): string | null => {
  if (!HEADER_NAME.test(name)) return 'is not a header name';
  if (OWN_HEADERS.test(name)) return 'is set by the channel itself';
  return earlier.has(name.toLowerCase()) ? 'stands there twice' : null;
};

/** Headers of an operator’s own, by name; their values are secrets. */
export const headersSchema = z
  .record(z.string(), z.string({ error: 'must be text' }), { error: 'must be an object of texts' })
  .check((headers) => {
    const names = Object.keys(headers.value);
    const earlier = new Set<string>();
    for (const name of names) {
      const fault =
        faultOfHeader(name, earlier) ??
        (HEADER_VALUE.test(headers.value[name] ?? '') ? null : 'must be one line of plain ASCII');
      // The input of an issue is the name: a value is a secret and must not travel with an error.
      earlier.add(name.toLowerCase());
      if (fault) headers.issues.push({ code: 'custom', message: fault, path: [name], input: name });
    }
    if (JSON.stringify(headers.value).length > MAX_HEADERS_BYTES) {
      const message = `must be at most ${MAX_HEADERS_BYTES} bytes in all`;
      headers.issues.push({ code: 'custom', message, path: [], input: names });
    }
  });
