import { letterView } from '../../../shared/rules/dead-letter/letter-view.ts';
import { dropDeadLetter } from '../../../shared/store/dead-letters.ts';
import { json } from '../../chain/http.ts';
import { idOf, type Routes } from '../route.ts';
import { listLetters } from './list-letters.ts';
import { letterUnknown, loadLetter } from './load-letter.ts';
import { redriveLetter } from './redrive-letter.ts';

/** The endpoints of docs/contract.md#dead-letters. */
export const LETTER_ROUTES: Routes = {
  'GET /admin/dead-letters': {
    query: ['channel_id', 'code', 'next'],
    answer: async (deps, { queryStringParameters: query }) => {
      const { channel_id: channelId, code, next } = query ?? {};
      return json(200, await listLetters(deps, { channelId, code, next }));
    },
  },
  'GET /admin/dead-letters/{id}': {
    answer: async (deps, event) =>
      json(200, letterView((await loadLetter(deps, idOf(event))).letter)),
  },
  'DELETE /admin/dead-letters/{id}': {
    answer: async (deps, event) => {
      const { letter } = await loadLetter(deps, idOf(event));
      if (!(await dropDeadLetter(deps.table, letter))) throw letterUnknown();
      return { statusCode: 204 };
    },
  },
  'POST /admin/dead-letters/{id}/redrive': {
    answer: async (deps, event) => json(202, await redriveLetter(deps, idOf(event))),
  },
};
