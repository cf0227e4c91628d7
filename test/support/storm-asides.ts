// What others than visitors do while a storm lasts: Incoming Requests, notifications, and an operator's edits.
import { pause } from '../../infra/local/dialog360/webhook.ts';
import type { StormAside, StormMessage } from './storm-count.ts';
import { did, type Storm } from './storm-faults.ts';

/** Whose endpoints are called. */
export interface StormChannel {
  id: string;
  apiKey: string;
}

/** One Incoming Request for every tenth message, and as many notifications, each to the message's chat. */
export function asidesFor(all: StormMessage[]): StormAside[] {
  return all.flatMap(({ phone }, at): StormAside[] => {
    if (at % 10 === 4)
      return [{ kind: 'request', id: `request-${at}`, phone, replies: [`r${at}`] }];
    if (at % 10 === 9)
      return [{ kind: 'notification', id: `note_${at}`, phone, replies: [`note_${at}`] }];
    return [];
  });
}

/** Posts each, until it is accepted, a while after the message it stands behind was offered. */
export async function postAsides(
  storm: Storm,
  { id, apiKey }: StormChannel,
  asides: StormAside[],
): Promise<void> {
  const { live, log, dice } = storm;
  const { signal } = new AbortController();
  const address = await incomingAddress(live.runtime.url, id);
  const authorization = `Bearer ${apiKey}`;
  for (const aside of asides) {
    while (!log.offered.some(({ phone }) => phone === aside.phone)) await pause(50, signal);
    await pause(dice('aside', aside.id) * 600, signal);
    did(storm, aside.kind === 'request' ? 'Incoming Requests' : 'notifications');
    const chat = `${aside.phone}|dialog360`;
    const [url, body] =
      aside.kind === 'request'
        ? [address, { channel_chat_id: chat, name: aside.id }]
        : [
            `${live.runtime.url}/v1/channels/${id}/notifications`,
            {
              to: { phone: aside.phone },
              template: { name: aside.id, language: 'en' },
              request_id: aside.id,
            },
          ];
    // 404: its chat is not made yet. Under the same key it is accepted once, however often it is posted.
    for (;;) {
      const status = await tryPost(url, body, { authorization, 'idempotency-key': aside.id });
      if (status === 202) break;
      if (status !== null && status < 500 && status !== 404 && status !== 429) {
        throw new Error(`${aside.id} was answered ${status}`);
      }
      await pause(150, signal);
    }
  }
}

/** An operator edits the channel and rotates the agent secret, until the storm is over. */
export async function editChannel(storm: Storm, { id }: StormChannel): Promise<void> {
  const { live, dice, over } = storm;
  for (let time = 1; !over.aborted; time++) {
    await pause(700 + dice('edit') * 1_500, over);
    const path = `${live.runtime.url}/admin/channels/${id}`;
    const status =
      time % 3 === 0
        ? await tryPost(`${path}/rotate-agent-secret`, {}, {})
        : await tryPost(path, { title: `Storm ${time}` }, {}, 'PATCH');
    if (status === 200) did(storm, 'changes of the channel');
  }
}

/** Null: there was no answer. */
async function tryPost(
  url: string,
  body: object,
  headers: Record<string, string>,
  method = 'POST',
): Promise<number | null> {
  try {
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null; // the runtime is started again, or the function died: it is posted once more
  }
}

async function incomingAddress(url: string, id: string): Promise<string> {
  const answer = await fetch(`${url}/admin/channels/${id}`);
  return ((await answer.json()) as { channel: { incoming_request_url: string } }).channel
    .incoming_request_url;
}
