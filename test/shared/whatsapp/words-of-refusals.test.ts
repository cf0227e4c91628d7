import { describe, expect, test } from 'vitest';
import { judgeLateError, readProviderError } from '../../../shared/whatsapp/provider-errors.ts';
import { withoutSecrets } from '../../../shared/whatsapp/without-secrets.ts';

describe('the words that are kept of a refusal', () => {
  const said =
    'No message to +49 171 3920042 by Zm9vYmFyZm9vYmFyZm9vYmFy_AK, see https://a.example/b';

  test('have no number, key or address, and the refusal is judged by all of them', () => {
    const body = JSON.stringify({ error: { code: 131026, message: said } });
    const { reason, next } = readProviderError(400, body);
    expect(reason).toBe('No message to … by …, see …');
    expect(next).toBe('final');
  });

  // biome-ignore format: a table reads by column
  const personal = [
    { said: 'To anna@example.com.',         kept: 'To …' },
    { said: 'To 491‑713‑920‑042, not sent', kept: 'To …, not sent' },
    { said: 'To 0171/3920042',              kept: 'To …' },
    { said: 'See www.example.com/?t=abc',   kept: 'See …' },
  ];

  test.each(personal)('$said', ({ said, kept }) => {
    expect(withoutSecrets(said)).toBe(kept);
  });

  test('neither have those of a status that comes later', () => {
    const error = { code: 131026, title: 'Undeliverable', details: said };
    expect(judgeLateError(error).reason).toBe('Undeliverable: No message to … by …, see …');
  });
});
