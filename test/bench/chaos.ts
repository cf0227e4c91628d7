// npm run chaos -- --seed N --messages M --chats C: a storm over the bundles that are deployed, with a restart of the
// whole runtime on its folder, and what it did to the messages. `--seeds 10`: ten storms, from this seed on.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createChannel } from '../support/create-channel.ts';
import { startRuntime } from '../support/runtime.ts';
import { startAgentDouble } from '../support/runtime-agent.ts';
import { storm } from '../support/storm.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    messages: { type: 'string', default: '300' },
    chats: { type: 'string', default: '30' },
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
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  /** There is one only of a storm that is not clean: then the folder stays. */
  const log = join(folder, 'functions.log');
  const tuning = { returnAtOnce: true, statusGapMs: 5 };
  const start = (port: number) => startRuntime({ port, data: folder, tuning });
  let runtime = await start(0);
  try {
    const options = { typing_indicator: 'off', if_window_closed: 'park' };
    const channel = await createChannel(runtime.url, { agent: { url: agent.url }, options });
    const startedAt = Date.now();
    const again = async () => {
      await runtime.stop();
      runtime = await start(Number(new URL(runtime.url).port));
      return runtime;
    };
    const scene = { runtime, agent, webhookUrl: channel.webhookUrl, channel, again };
    const count = await storm(scene, { seed, messages, chats });
    const { lost, doubles, brokenOrders, deadLetters, asides } = count;
    const faults = [lost.other, doubles.other, brokenOrders, deadLetters.other];
    const isClean =
      faults.every((fault) => fault === 0) &&
      count.turns === count.messages &&
      asides.turns === asides.accepted;
    isBad ||= !isClean;
    const happened = Object.entries(count.did).map(([what, times]) => `${times} ${what}`);
    console.log(
      `seed ${seed}: ${isClean ? 'clean' : 'NOT CLEAN'}: ${count.messages} messages, ${count.turns} turns, ${asides.accepted} requests and notifications, ${asides.turns} turns, ${count.answers} answers; ` +
        `lost ${lost.other} (and ${lost.unknown} told as outcome-unknown, ${lost.givenUp} in turns given up); ` +
        `doubles ${doubles.other} (and ${doubles.unknowable} that nothing could know of, ${doubles.late} whose status was recorded too late); ` +
        `broken orders ${brokenOrders}; dead letters ${deadLetters.other} (and ${deadLetters.turns} of turns given up); ` +
        `${happened.toSorted().join(', ')}; ${Math.round((Date.now() - startedAt) / 1000)} s`,
    );
    if (isClean) continue;
    writeFileSync(log, count.output.map(({ line }) => line).join('\n'));
    for (const fault of count.faults) console.log(`  ${fault}`);
    console.log(`  the table and what the functions wrote: ${folder}`);
  } finally {
    await runtime.stop();
    await agent.stop();
    if (!existsSync(log)) rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(isBad ? 1 : 0);
