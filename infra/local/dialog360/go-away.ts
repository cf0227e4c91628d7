import type { Dialog360Double } from './double.ts';
import { backendAway } from './provider-answers.ts';
import { isReadReceipt } from './read-receipt.ts';

/** Until the returned function is called 360dialog's messaging backend is away: it takes no message. */
export const goAway = (double: Dialog360Double): (() => void) =>
  double.onRequest(({ method, path, body }) =>
    method === 'POST' && path.endsWith('/messages') && !isReadReceipt(body)
      ? backendAway()
      : undefined,
  );
