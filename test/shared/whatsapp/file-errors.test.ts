import { describe, expect, test } from 'vitest';
import {
  judgeLateError,
  readProviderError,
  withoutWords,
} from '../../../shared/whatsapp/provider-errors.ts';

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
  { title: 'Could not resolve host cdn.example.com',                                          next: 'media' },
  { title: 'Internal error', details: 'Failed to connect to cdn.example.com port 443: Connection refused', next: 'media' },
  { title: 'Internal error', details: 'Upload failed on bad image',                           next: 'media' },
  { title: 'Internal error: see https://developers.facebook.com/docs/whatsapp/api/media',     next: 'retry-few' },
  { title: 'Internal error', details: 'More info: https://docs.360dialog.com/docs/media.html', next: 'retry-few' },
  { title: 'Internal error, see https://help.example.com/1014',                               next: 'retry-few' },
  { title: 'Request for url https://cdn.example.com/a.png failed, see https://developers.facebook.com/x', next: 'media' },
  { title: 'Internal error',                                                                  next: 'retry-few' },
  { title: 'curl failed',                                                                     next: 'retry-few' },
];

test.each(internal)('1014 with “$title” $details: $next', ({ next, ...words }) => {
  const error = { code: 1014, ...words };
  expect(judgeLateError(error).next).toBe(next);
  expect(judgeLateError(withoutWords(error)).next).toBe(next);
  expect(withoutWords(error).title).not.toMatch(/cdn|example/);
});

test('a help page about media is no word about the file', () => {
  const details = 'Invalid parameter, see https://developers.facebook.com/docs/whatsapp/api/media';
  expect(readProviderError(400, meta(100, details)).next).toBe('final');
});
