// npm run fairness: how long the visitors of one channel wait while another channel's agent or provider
// hangs. One runtime, as npm start runs it; figures are compared within one run, since machines differ.

import { type LocalRuntime, startLocal } from '../../infra/local/runtime.ts';
import { type AgentDouble, startAgentDouble } from '../support/runtime-agent.ts';
import { cloudText } from '../support/webhook-bodies.ts';

/** Visitors who write to the channel that hangs. */
const CHATS = 50;
/** Messages of the other channel's visitors, calm and in each storm. */
const CALM = 15;
const STORMY = 20;
const GAP_MS = 700;
/** From then on the other channel must not notice the storm. */
const GRACE_MS = 3_000;
/** Longer than a storm lasts. */
const HANG_MS = 30_000;

interface TriedChannel {
  token: string;
  url: string;
  header: string;
  agent: AgentDouble;
}

const runtime = await startLocal({
  port: 0,
  data: 'memory',
  demo: false,
  tuning: { statusGapMs: 5 },
  onLine: () => {},
  onOutput: () => {},
});

async function channel(token: string, events: string[] | null): Promise<TriedChannel> {
  const agent = await startAgentDouble();
  const answer = await fetch(`${runtime.url}/admin/channels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      title: token,
      token,
      base_url: `${runtime.url}/sandbox/360dialog`,
      active: true,
      options: { typing_indicator: 'off' },
      agent: { url: agent.url, timeout_ms: HANG_MS, events },
    }),
  });
  const created = (await answer.json()) as { channel: { webhook_url: string } };
  const header = runtime.dialog360.account(token).webhook?.headers['x-webhook-secret'] ?? '';
  return { token, url: created.channel.webhook_url, header, agent };
}

let posted = 0;
async function post({ url, header }: TriedChannel, phone: string): Promise<string> {
  posted += 1;
  const id = `wamid.fair-${posted}`;
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-secret': header },
    body: JSON.stringify(cloudText({ phone, text: id, id })),
  });
  return id;
}

/** How long until the phone has its answer, in milliseconds. */
async function answerTime(to: TriedChannel, at: number): Promise<number> {
  const startedAt = performance.now();
  const phone = `49151${String(10_000_000 + at)}`;
  const id = await post(to, phone);
  const isAnswered = () =>
    runtime.dialog360.sent.some(
      ({ request }) => request.phone === phone && request.text === `You said: ${id}`,
    );
  while (!isAnswered()) await pause(5);
  return performance.now() - startedAt;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function measure(to: TriedChannel, count: number, from: number): Promise<number[]> {
  const all: Promise<number>[] = [];
  for (let at = 0; at < count; at++) {
    all.push(answerTime(to, from + at));
    await pause(GAP_MS);
  }
  return Promise.all(all);
}

function say(what: string, times: number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  const worst = sorted.at(-1) ?? 0;
  console.log(
    `${what.padEnd(34)} median ${median.toFixed(0).padStart(6)} ms   worst ${worst.toFixed(0).padStart(6)} ms`,
  );
  return worst;
}

/** A storm over a channel of its own, while the other channel's visitors write. */
async function storm(
  what: string,
  quiet: TriedChannel,
  begin: (loud: TriedChannel, release: Promise<void>) => void,
  events: string[] | null = null,
): Promise<void> {
  const loud = await channel(`key-${what.replaceAll(' ', '-')}`, events);
  let release = () => {};
  begin(
    loud,
    new Promise<void>((resolve) => {
      release = resolve;
    }),
  );
  for (let chat = 0; chat < CHATS; chat++) await post(loud, `49152${String(10_000_000 + posted)}`);
  const early = answerTime(quiet, posted + 500_000);
  await pause(GRACE_MS);
  const late = await measure(quiet, STORMY, posted + 600_000);
  say(`${what}: in its first 3 s`, [await early]);
  say(`${what}: from then on`, late);
  release();
  await loud.agent.stop();
}

async function run(local: LocalRuntime): Promise<void> {
  local.dialog360.statuses.tell = ['sent', 'delivered'];
  const quiet = await channel('key-quiet', null);
  await measure(quiet, 5, 0);
  say('calm', await measure(quiet, CALM, 100));
  await storm('agent hangs', quiet, ({ agent }, release) =>
    agent.answerWith(async () => {
      await release;
      return { replies: [] };
    }),
  );
  await storm('provider hangs', quiet, ({ token }, release) => {
    local.dialog360.onRequest(async ({ key, path, body }) => {
      const { to } = (body ?? {}) as { to?: string };
      if (key === token && path.endsWith('/messages') && to) await release;
      return undefined;
    });
  });
  await storm(
    'delivery events hang',
    quiet,
    ({ agent }, release) =>
      agent.answerWith(async ({ event }) => {
        if (event.event.type === 'delivery') await release;
        return 'message' in event
          ? { replies: [`You said: ${event.message.text}`] }
          : { replies: [] };
      }),
    ['delivery'],
  );
}

await run(runtime);
await runtime.stop();
process.exit(0);
