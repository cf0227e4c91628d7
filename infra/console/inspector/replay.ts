import type { Exchange } from '../../local/inspector/trail.ts';
import { call } from '../api/call.ts';
import { messagePath } from '../shell/message-path.ts';
import type { goTo } from '../shell/router.ts';
import { now } from '../time/time-now.ts';
import { freshBody, messageIds } from './fresh-body.ts';

const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(36));
  return `wamid.${btoa(String.fromCharCode(...bytes))}`;
};

/**
 * Posts a request to the webhook once more, and shows its way. `isRepeat`: with the ids it has, as
 * 360dialog does when it got no answer; else its messages are new ones. Throws `Refused`.
 */
export async function replay(
  { url = '', headers = {}, body }: Exchange,
  { isRepeat, go }: { isRepeat: boolean; go: typeof goTo },
): Promise<void> {
  const sent = isRepeat
    ? { body, ids: messageIds(body) }
    : freshBody(body, { newId, now: now.value });
  const secret = headers['x-webhook-secret'];
  await call('POST', url, {
    body: sent.body,
    headers: secret ? { 'x-webhook-secret': secret } : {},
  });
  const [first] = sent.ids;
  if (first) go(messagePath(first));
}
