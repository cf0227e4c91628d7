import { describe, expect, test } from 'vitest';
import { judgeLateError, readProviderError } from '../../../shared/whatsapp/provider-errors.ts';

const meta = (code: number, details?: string) =>
  JSON.stringify({
    error: {
      message: `(#${code}) Something is not right`,
      type: 'OAuthException',
      code,
      ...(details && { error_data: { messaging_product: 'whatsapp', details } }),
      fbtrace_id: 'Az8or2yhqkZfEZ-_4Qn_Bam',
    },
  });
describe('a wrong parameter is the file’s fault', () => {
  test.each([100, 131008, 131009])('in %i, where the words name it', (code) => {
    expect(readProviderError(400, meta(code, "Param image['link'] is not a valid URI")).next).toBe(
      'media',
    );
    expect(judgeLateError({ code, title: 'no', details: 'Unsupported Video mime type' }).next).toBe(
      'media',
    );
  });
  test.each([100, 131008, 131009])('in %i, and only there', (code) => {
    expect(readProviderError(400, meta(code, 'Param to must be a phone number')).next).toBe(
      'final',
    );
  });
  test('not in codes that say something else', () => {
    expect(readProviderError(400, meta(131026, 'The image could not be delivered')).next).toBe(
      'final',
    );
  });
});

// biome-ignore format: a table reads by column
const internal = [
  { title: 'Request for url https://cdn.example.com/r/a.png failed with error: 302 (Found)', next: 'media' },
  { title: 'Internal error', details: 'Failed to download from URL',                          next: 'media' },
  { title: 'Internal error',                                                                  next: 'retry-few' },
  { title: 'curl failed',                                                                     next: 'retry-few' },
];

test.each(internal)('1014 with “$title” $details: $next', ({ next, ...words }) => {
  expect(judgeLateError({ code: 1014, ...words }).next).toBe(next);
});
