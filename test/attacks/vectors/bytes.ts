import { long, WEBHOOK } from './vector.ts';

/** Requests as bytes: what no HTTP client would send. Each must end, without a 5xx and without two answers. */
export const BYTES: { what: string; bytes: string }[] = [
  {
    what: 'two lengths',
    bytes: `POST ${WEBHOOK} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 40\r\n\r\n{}`,
  },
  {
    what: 'a length and chunks, with a request behind',
    bytes: `POST ${WEBHOOK} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /admin/channels HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  },
  {
    what: 'chunks spelled oddly',
    bytes: `POST ${WEBHOOK} HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n`,
  },
  {
    what: 'a blank before the colon',
    bytes: 'GET /admin/channels HTTP/1.1\r\nhost : localhost\r\n\r\n',
  },
  { what: 'a folded header', bytes: 'GET / HTTP/1.1\r\nhost: localhost\r\n x: y\r\n\r\n' },
  { what: 'no host', bytes: 'GET /admin/channels HTTP/1.0\r\n\r\n' },
  { what: 'a null byte in a header', bytes: 'GET / HTTP/1.1\r\nhost: localhost\u0000\r\n\r\n' },
  { what: 'no HTTP at all', bytes: '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n' },
  {
    what: 'a header of 100 KB',
    bytes: `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${long(100_000)}\r\n\r\n`,
  },
];
