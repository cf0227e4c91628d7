// node test/bench/storm.ts --seed N --messages M --chats C: a storm over the bundles that are deployed, and
// what it did to the messages. `--seeds 10`: ten storms, from this seed on.
import { parseArgs } from 'node:util';
import { createChannel } from '../support/create-channel.ts';
import { startRuntime } from '../support/runtime.ts';
import { startAgentDouble } from '../support/runtime-agent.ts';
import { storm } from '../support/storm.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    messages: { type: 'string', default: '100' },
    chats: { type: 'string', default: '10' },
  },
});
const [messages, chats, first] = [values.messages, values.chats, values.seed].map(Number) as [
  number,
  number,
  number,
];

let isBad = false;
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const agent = await startAgentDouble();
  const runtime = await startRuntime({ tuning: { returnAtOnce: true, statusGapMs: 5 } });
  try {
    const options = { typing_indicator: 'off' };
    const channel = await createChannel(runtime.url, { agent: { url: agent.url }, options });
    const startedAt = Date.now();
    const scene = { runtime, agent, webhookUrl: channel.webhookUrl };
    const count = await storm(scene, { seed, messages, chats });
    const { lost, doubles, brokenOrders } = count;
    isBad ||= lost.other + doubles.other + brokenOrders > 0 || count.turns !== count.messages;
    const happened = Object.entries(count.did).map(([what, times]) => `${times} ${what}`);
    console.log(
      `seed ${seed}: ${count.messages} messages, ${count.turns} turns, ${count.answers} answers; ` +
        `lost ${lost.other} (and ${lost.unknown} told as outcome-unknown, ${lost.givenUp} in turns given up); ` +
        `doubles ${doubles.other} (and ${doubles.unknowable} that nothing could know of); ` +
        `broken orders ${brokenOrders}; ${happened.toSorted().join(', ')}; ${Math.round((Date.now() - startedAt) / 1000)} s`,
    );
  } finally {
    await runtime.stop();
    await agent.stop();
  }
}
process.exitCode = isBad ? 1 : 0;
