// A storm over the running product: functions die, connections are cut, 360dialog is away, the agent hangs,
// webhooks come twice and in another order. `countStorm` says what was lost, doubled or out of order.
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import type { TakenMessage } from '../../infra/local/dialog360/account.ts';
import { goAway } from '../../infra/local/dialog360/go-away.ts';
import { pause, post } from '../../infra/local/dialog360/webhook.ts';
import { PROVIDER_KEY } from './create-channel.ts';
import type { TestRuntime } from './runtime.ts';
import type { AgentDouble } from './runtime-agent.ts';
import { seeded } from './seeded.ts';
import { countStorm, type StormCount, type StormLog, type StormMessage } from './storm-count.ts';
import { cloudText } from './webhook-bodies.ts';

export interface StormOptions {
  seed: number;
  messages: number;
  chats: number;
  /** Whether the outcome of some requests can never be known: each of them takes 20 s. */
  unknowable?: boolean;
  /** How long the storm goes on after the last message was posted. */
  afterMs?: number;
}

interface Scene {
  runtime: TestRuntime;
  agent: AgentDouble;
  webhookUrl: string;
}

/** Functions that work on messages; the others have nothing to do in a storm. */
const MORTAL = (Object.keys(FUNCTIONS) as FunctionName[]).filter((name) => name !== 'channels');

/** Rages until every message is posted, then waits until all is quiet, and counts. */
export async function storm(
  { runtime, agent, webhookUrl }: Scene,
  { seed, messages, chats, unknowable = true, afterMs = 5_000 }: StormOptions,
): Promise<StormCount> {
  const random = seeded(seed);
  const isLuck = (chance: number) => random() < chance;
  const { dialog360: provider } = runtime;
  const log: StormLog = { offered: [], silent: new Set(), did: {} };
  const did = (what: string) => {
    log.did[what] = (log.did[what] ?? 0) + 1;
  };
  const over = new AbortController();
  const all = Array.from({ length: messages }, (_, at) => messageOf(at, chats, random));

  let hangsUntil = 0;
  agent.answerWith(async ({ event }) => {
    await pause(Math.max(hangsUntil - Date.now(), 0), over.signal);
    if (!('message' in event)) return { replies: [] };
    const asked = all.find(({ id }) => id === event.message.id);
    return { replies: (asked?.replies ?? []).map((text) => ({ type: 'text', id: text, text })) };
  });

  // The storm tells the statuses itself: of some messages it tells none.
  provider.statuses.tell = [];
  const telling = new Set<Promise<void>>();
  const tell = async (message: TakenMessage) => {
    for (const status of ['sent', 'delivered'] as const) {
      await pause(5 + random() * 50, new AbortController().signal);
      await provider.tellStatus(message, status);
    }
  };
  provider.onSend((message) => {
    const isSilent = unknowable && isLuck(0.03);
    if (isSilent) log.silent.add(message.messageId);
    else {
      const told = tell(message).finally(() => telling.delete(told));
      telling.add(told);
    }
    if (!isLuck(isSilent ? 0.7 : 0.06)) return undefined;
    did(isSilent ? 'cuts without a status' : 'cuts');
    return 'reset';
  });
  const calm = runtime.intercept(({ caller }) => {
    if (caller === 'local' || !isLuck(0.004)) return 'pass';
    did('failed calls of AWS');
    return 'fail';
  });

  const rage = async () => {
    while (!over.signal.aborted) {
      await pause(100 + random() * 400, over.signal);
      const dice = random();
      if (dice < 0.6) {
        // Whichever of them is at work: an idle function has nothing to lose.
        const from = Math.floor(random() * MORTAL.length);
        const names = [...MORTAL.slice(from), ...MORTAL.slice(0, from)];
        for (const name of names) {
          const killed = await runtime.kill(name);
          if (killed.length === 0) continue;
          did(`kills of ${name}`);
          break;
        }
      } else if (dice < 0.75) {
        did('times away');
        const comeBack = goAway(provider);
        await pause(500 + random() * 3_000, over.signal);
        comeBack();
      } else if (dice < 0.9) {
        did('hangs of the agent');
        hangsUntil = Date.now() + 500 + random() * 1_500;
      } else if (unknowable) {
        did('502 in HTML');
        provider.failNext(1, { status: 502, body: '<html>Bad gateway</html>' });
      }
    }
  };
  const raging = rage();
  await Promise.all(
    Array.from({ length: chats }, (_, chat) =>
      offer({ runtime, agent, webhookUrl }, shuffled(all, chat, chats, random), { log, random }),
    ),
  );
  await pause(afterMs, over.signal); // what was posted last is worked on in the storm too
  over.abort();
  await raging;
  calm();
  for (;;) {
    await Promise.all(telling);
    await runtime.idle();
    if (telling.size === 0) break;
  }
  return countStorm({ runtime, agent }, all, log);
}

function messageOf(at: number, chats: number, random: () => number): StormMessage {
  const id = `wamid.storm-${at}`;
  const replies = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, n) => `${at}.${n}`);
  return { id, phone: `4917400${String(at % chats).padStart(5, '0')}`, replies };
}

/** A chat's messages: some neighbours have changed places. */
function shuffled(
  all: StormMessage[],
  chat: number,
  chats: number,
  random: () => number,
): StormMessage[] {
  const mine = all.filter((_, at) => at % chats === chat);
  for (let at = 1; at < mine.length; at++) {
    const [before, here] = [mine[at - 1], mine[at]];
    if (before && here && random() < 0.15) [mine[at - 1], mine[at]] = [here, before];
  }
  return mine;
}

/** Posts one chat's messages one after the other, until each is taken; some earlier ones once more. */
async function offer(
  { runtime, webhookUrl }: Scene,
  mine: StormMessage[],
  { log, random }: { log: StormLog; random: () => number },
): Promise<void> {
  const { signal } = new AbortController();
  const headers = runtime.dialog360.account(PROVIDER_KEY).webhook?.headers ?? {};
  const postOne = async ({ id, phone }: StormMessage) => {
    const body = JSON.stringify(cloudText({ phone, text: id, id }));
    while ((await post(webhookUrl, headers, body, signal)) !== 200) await pause(100, signal);
  };
  for (const [at, message] of mine.entries()) {
    log.offered.push(message);
    await postOne(message);
    const earlier = mine[Math.floor(random() * (at + 1))];
    if (earlier && random() < 0.2) await postOne(earlier);
    await pause(random() * 400, signal);
  }
}
