import { randomUUID } from 'node:crypto';
import type { AdminAnswer } from './ask-admin-api.ts';
import type { Call, Options } from './command.ts';
import type { Outcome } from './outcome.ts';
import { readApiKey } from './read-api-key.ts';

/** By which a request that got no answer is repeated, and sent once all the same. */
export const REPEAT = {
  'idempotency-key': {
    type: 'string',
    value: 'KEY',
    says: 'the key of an earlier attempt, to repeat it without sending twice',
  },
} as const satisfies Options;

/**
 * Posts to an endpoint of the channel's own with its API key, under a key by which it can be repeated: where
 * there was no answer, the person is told which.
 */
export async function sendAsChannel(
  { terminal, values, askWithKey }: Call<typeof REPEAT>,
  { channel, to, body }: { channel: string; to: 'messages' | 'notifications'; body: unknown },
): Promise<AdminAnswer | Outcome> {
  const apiKey = await readApiKey(terminal);
  if (typeof apiKey !== 'string') return apiKey;
  const idempotencyKey = values['idempotency-key'] ?? randomUUID();
  const path = `/${encodeURIComponent(channel)}/${to}`;
  const answer = await askWithKey(apiKey, { method: 'POST', path, body, idempotencyKey });
  if (answer.kind !== 'unreachable') return answer;
  const again = `To repeat it without sending twice, add --idempotency-key ${idempotencyKey}`;
  return { ...answer, sentence: `${answer.sentence} ${again}` };
}
