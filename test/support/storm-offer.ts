import { pause, post } from '../../infra/local/dialog360/webhook.ts';
import type { StormMessage } from './storm-count.ts';
import { did, type Storm } from './storm-faults.ts';
import { bsuidOf, cloudMessage, cloudText } from './webhook-bodies.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Posts one chat's messages one after the other, until each is taken, some in bursts: several in one body. Some
 * earlier ones come once more. In some chats the first is a day old, so that what the agent answers is parked until
 * the next one.
 */
export async function offer(
  mine: StormMessage[],
  {
    scene,
    webhookUrl,
    headers,
  }: { scene: Storm; webhookUrl: string; headers: Record<string, string> },
): Promise<void> {
  const { log, dice } = scene;
  const { signal } = new AbortController();
  const old = mine.length > 1 && dice('old', mine[0]?.id) < 0.3 ? mine[0] : null;
  const postAll = async (messages: StormMessage[]) => {
    const bodies = messages.map((message) => bodyOf(message, message === old));
    const entry = bodies.flatMap((body) => body.entry);
    const body = JSON.stringify({ ...bodies[0], entry });
    while ((await post(webhookUrl, headers, body, signal)) !== 200) await pause(100, signal);
  };
  for (let at = 0; at < mine.length; ) {
    const [first] = mine.slice(at);
    if (!first) break;
    const isBurst = first !== old && dice('burst', first.id) < 0.15;
    const messages = mine.slice(at, at + (isBurst ? 4 : 1));
    at += messages.length;
    log.offered.push(...messages);
    if (messages.length > 1) did(scene, 'bursts');
    if (first === old) did(scene, 'messages that came a day late');
    for (const { kind } of messages) if (kind === 'picture') did(scene, 'pictures of visitors');
    await postAll(messages);
    const earlier = mine[Math.floor(dice('which', first.id) * at)];
    if (earlier && dice('twice', first.id) < 0.2) {
      did(scene, 'webhooks that came again');
      await postAll([earlier]);
    }
    await pause(dice('gap', first.id) * 400, signal);
  }
}

function bodyOf({ id, phone, kind }: StormMessage, isOld: boolean) {
  const sentAt = Date.now() - (isOld ? DAY_MS : 0);
  if (kind === 'text') return cloudText({ phone, text: id, id, sentAt });
  const timestamp = String(Math.floor(sentAt / 1000));
  const image = { id: '1', mime_type: 'image/jpeg' };
  return cloudMessage(
    { wa_id: phone, user_id: bsuidOf(phone) },
    { id, timestamp, type: 'image', image },
  );
}
