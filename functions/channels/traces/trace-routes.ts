import { json } from '../../chain/http.ts';
import { idOf, type Routes } from '../route.ts';
import { showTrace } from './show-trace.ts';

/** The story of a message: docs/contract.md#traces. */
export const TRACE_ROUTES: Routes = {
  'GET /admin/channels/{id}/trace': {
    query: ['of'],
    answer: async (deps, event) =>
      json(200, await showTrace(deps, idOf(event), event.queryStringParameters?.of)),
  },
};
