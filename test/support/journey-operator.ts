import type { LetterSummary } from '../../shared/contract/letter-view.ts';
import type { Journey } from './journey.ts';
import type { ClientAnswer } from './journey-client.ts';

/** An operator's calls of the admin endpoints (docs/contract.md#operator-to-us). */
export interface JourneyOperator {
  /** Calls a path below `/admin`. */
  ask(method: string, path: string, body?: unknown): Promise<ClientAnswer>;
  /** The dead letters of the journey's channel. */
  letters(): Promise<LetterSummary[]>;
  redrive(letterId: string | undefined): Promise<ClientAnswer>;
}

export function openOperator({ runtime, channel }: Journey): JourneyOperator {
  const operator: JourneyOperator = {
    ask: async (method, path, body) => {
      const answer = await fetch(`${runtime.url}/admin${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const { status, headers } = answer;
      return { status, headers, text, body: text ? JSON.parse(text) : {} };
    },
    letters: async () => {
      const { body } = await operator.ask('GET', `/dead-letters?channel_id=${channel.id}`);
      return body.dead_letters as LetterSummary[];
    },
    redrive: (letterId) => operator.ask('POST', `/dead-letters/${letterId}/redrive`),
  };
  return operator;
}
