import type { LetterList, LetterView } from '../../../shared/contract/letter-view.ts';
import { call } from './call.ts';

const ROOT = '/admin/dead-letters';
const one = (id: string) => `${ROOT}/${encodeURIComponent(id)}`;

/** Which letters are meant; null: whatever it is. */
export interface LetterFilter {
  channelId: string | null;
  code: string | null;
}

/** Work that was given up (docs/contract.md#dead-letters). */
export const deadLetters = {
  list: async ({ channelId, code }: LetterFilter, next: string | null = null) => {
    const query = new URLSearchParams({
      ...(channelId !== null && { channel_id: channelId }),
      ...(code !== null && { code }),
      ...(next !== null && { next }),
    });
    return (await call<LetterList>('GET', `${ROOT}?${query}`)).body;
  },
  show: async (id: string) => (await call<LetterView>('GET', one(id))).body,
  redrive: (id: string) => call('POST', `${one(id)}/redrive`),
  drop: (id: string) => call('DELETE', one(id)),
};
