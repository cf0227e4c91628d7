// A storm over the running product: functions die, AWS fails and throttles, connections are cut, 360dialog is away,
// the agent fails and hangs, webhooks come twice and in another order, replies are parked, and the whole runtime may
// be started again. `countStorm` says what was lost, doubled or out of order.
import { MOST_RECORDED } from '../../infra/local/dialog360/record.ts';
import { pause } from '../../infra/local/dialog360/webhook.ts';
import { PROVIDER_KEY } from './create-channel.ts';
import type { TestRuntime } from './runtime.ts';
import type { AgentDouble } from './runtime-agent.ts';
import { asidesFor, editChannel, postAsides, type StormChannel } from './storm-asides.ts';
import { countStorm, type StormCount, type StormLog, type StormMessage } from './storm-count.ts';
import { type Dice, openDice } from './storm-dice.ts';
import {
  did,
  rage,
  type Storm,
  troubleAgent,
  troubleAws,
  troubleProvider,
} from './storm-faults.ts';
import { offer } from './storm-offer.ts';

export interface StormOptions {
  seed: number;
  messages: number;
  chats: number;
  /** Whether the outcome of some requests can never be known: each of them takes 20 s. */
  unknowable?: boolean;
  /** How long the storm goes on after the last message was posted. */
  afterMs?: number;
}

export interface Scene {
  runtime: TestRuntime;
  agent: AgentDouble;
  webhookUrl: string;
  channel: StormChannel;
  /** Ends the runtime and starts it again, at its port and with what it has kept: once, in the middle. */
  again?: (runtime: TestRuntime) => Promise<TestRuntime>;
}

/** More than `notification_timeout_minutes` of a channel that says nothing of it. */
const RESULT_AT_THE_LATEST_MS = 11 * 60_000;

/** Rages until every message is posted, then waits until all is quiet, and counts. */
export async function storm(
  { runtime, agent, webhookUrl, channel, again }: Scene,
  { seed, messages, chats, unknowable = true, afterMs = 5_000 }: StormOptions,
): Promise<StormCount> {
  const dice = openDice(seed);
  const log: StormLog = { offered: [], silent: new Set(), did: {}, sent: [], output: [] };
  const ending = new AbortController();
  const { signal: over } = ending;
  const all = Array.from({ length: messages }, (_, at) => messageOf(at, chats, dice));
  const live = { runtime };
  const asides = asidesFor(all);
  const scene: Storm = { live, agent, all, asides, log, dice, over, unknowable };

  const headers = runtime.dialog360.account(PROVIDER_KEY).webhook?.headers ?? {};
  const { hang } = troubleAgent(scene);
  const provider = troubleProvider(scene);
  provider.attach();
  let calm = troubleAws(scene);
  const raging = Promise.all([rage(scene, hang), editChannel(scene, channel)]);
  const keep = ({ dialog360, output }: TestRuntime) => {
    if (dialog360.sent.length >= MOST_RECORDED)
      throw new Error(
        `360dialog has taken more than the ${MOST_RECORDED} messages that it records`,
      );
    log.sent.push(...dialog360.sent);
    log.output.push(...output);
  };
  const restart = async () => {
    while (log.offered.length < messages / 2) await pause(20, over);
    if (!again || over.aborted) return;
    did(scene, 'restarts');
    const before = live.runtime;
    live.runtime = await again(before);
    keep(before); // only now: while it stops it goes on
    provider.attach();
    calm = troubleAws(scene);
  };
  await Promise.all([
    restart(),
    postAsides(scene, channel, asides),
    ...Array.from({ length: chats }, (_, chat) =>
      offer(shuffled(all, chat, chats, dice), { scene, webhookUrl, headers }),
    ),
  ]);
  await pause(afterMs, over); // what was posted last is worked on in the storm too
  ending.abort();
  await raging;
  calm();
  await provider.told();
  await live.runtime.idle();
  await provider.told();
  await live.runtime.idle();
  // A function that died behind a status has left the result of a notification to its time (PROTOCOLS 21.2).
  await live.runtime.clock.pass(RESULT_AT_THE_LATEST_MS);
  await live.runtime.settled();
  await live.runtime.idle();
  keep(live.runtime);
  return countStorm(live.runtime, agent, { all, asides }, log);
}

function messageOf(at: number, chats: number, dice: Dice): StormMessage {
  const id = `wamid.storm-${at}`;
  const count = 1 + Math.floor(dice('replies', id) * 3);
  const replies = Array.from({ length: count }, (_, n) => `${at}.${n}`);
  const kind = dice('kind', id) < 0.1 ? 'picture' : 'text';
  return { kind, id, phone: `4917400${String(at % chats).padStart(5, '0')}`, replies };
}

/** A chat's messages: some neighbours have changed places. */
function shuffled(all: StormMessage[], chat: number, chats: number, dice: Dice): StormMessage[] {
  const mine = all.filter((_, at) => at % chats === chat);
  for (let at = 1; at < mine.length; at++) {
    const [before, here] = [mine[at - 1], mine[at]];
    if (before && here && dice('order', here.id) < 0.15) [mine[at - 1], mine[at]] = [here, before];
  }
  return mine;
}
