import { expect, test } from 'vitest';
import { failureOfFile } from '../../../functions/chain/miss-failures.ts';

const NOW = Date.UTC(2026, 0, 1);
const missed = { code: 'media-refused', until: NOW + 300_000 } as const;

test('why 360dialog refused a file is told in its words, and kept for the log', () => {
  const { facts } = failureOfFile(missed, NOW, 'Invalid api_key');
  expect(facts).toMatchObject({ reason: 'Invalid api_key', retryAfterSeconds: 300 });
  expect(facts.detail).toMatch(/^360dialog: Invalid api_key\. 360dialog refuses the channel/);
});

test('of a miss that is only remembered no reason is told', () => {
  const { facts } = failureOfFile(missed, NOW);
  expect(facts).not.toHaveProperty('reason');
  expect(facts.detail).toMatch(/^360dialog refuses the channel/);
});
