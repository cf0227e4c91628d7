import { randomBytes } from 'node:crypto';
import { startDouble } from '../../infra/local/dialog360/start-double.ts';
import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { serve } from '../../infra/local/http/serve.ts';
import { startAgentDouble } from '../support/runtime-agent.ts';
import { cloudMessage, cloudText } from '../support/webhook-bodies.ts';

export const TOKEN = 'rehearsal-key-0001';

/** The world around the product: 360dialog, an agent that answers `You said: …`, and a shop with one picture. */
export async function startWorld() {
  const agent = await startAgentDouble();
  const provider = await startDouble({ statusGapMs: 5 });
  provider.double.statuses.tell = ['sent', 'delivered'];
  const picture = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(40_000)]);
  const shop = await listenOnLoopback(
    serve(() => ({ status: 200, headers: { 'content-type': 'image/png' }, body: picture })),
  );
  const post = async (body: unknown): Promise<number> => {
    const { url = '', headers = {} } = provider.double.account(TOKEN).webhook ?? {};
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  };
  return {
    agent,
    provider: provider.double,
    providerUrl: provider.url,
    picture,
    pictureUrl: `http://127.0.0.1:${shop.port}/picture.png`,
    /** Posts a visitor's text as 360dialog does, and again after a while until it is taken. */
    say: async (phone: string, text: string) => {
      const body = cloudText({ phone, text, id: `wamid.${phone}.${text}` });
      while ((await post(body)) !== 200) await new Promise((resolve) => setTimeout(resolve, 200));
    },
    /** A visitor sends a picture. */
    show: async (phone: string) => {
      const bytes = randomBytes(30_000);
      const id = '2000000000000001';
      provider.double.account(TOKEN).files.received.set(id, { mimeType: 'image/jpeg', bytes });
      const image = { id, mime_type: 'image/jpeg' };
      await post(cloudMessage({ wa_id: phone }, { id: 'wamid.picture', type: 'image', image }));
      return bytes;
    },
    texts: (phone: string) =>
      provider.double.sent
        .filter(({ request }) => request.phone === phone)
        .map(({ request }) => request.text),
    stop: async () => {
      await Promise.all([provider.stop(), agent.stop(), shop.close()]);
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;
