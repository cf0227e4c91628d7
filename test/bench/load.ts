// npm run load -- --messages N --chats C: many messages through the bundles that are deployed, each answered once.
// Prints how fast, what each function's processes cost and keep alive, what the local runtime keeps of each message, and
// how long the webhook takes for a body of 1 000 items.

import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import { MOST_RECORDED } from '../../infra/local/dialog360/record.ts';
import { createChannel, PROVIDER_KEY } from '../support/create-channel.ts';
import { startRuntime, type TestRuntime } from '../support/runtime.ts';
import { startAgentDouble } from '../support/runtime-agent.ts';
import { cloudChange, cloudText } from '../support/webhook-bodies.ts';
import { inspectProcess, type ProcessState } from './inspect-process.ts';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '3000' },
    chats: { type: 'string', default: '300' },
  },
});
const [messages, chats] = [Number(values.messages), Number(values.chats)];
if (!(messages >= 3 && messages < MOST_RECORDED && chats >= 1)) {
  console.error(
    `--messages must be from 3 to ${MOST_RECORDED - 1}, so many answers does the 360dialog of a runtime record; --chats at least 1`,
  );
  process.exit(2);
}
/** So many visitors write at the same time. */
const AT_ONCE = 10;
/** The provider gives up then (docs/360dialog.md#answering-webhooks). */
const ANSWER_WITHIN_MS = 5_000;
/** A heap that has grown by more than this since the first third leaks. */
const LEAK_BYTES = 3 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = () => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};
const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

const agent = await startAgentDouble();
agent.answerWith(({ event }) => ({ replies: 'message' in event ? ['Thank you'] : [] }));
const runtime = await startRuntime({ tuning: { statusGapMs: 5 } });
const options = { typing_indicator: 'off' };
const { webhookUrl } = await createChannel(runtime.url, { agent: { url: agent.url }, options });
const registered = runtime.dialog360.account(PROVIDER_KEY).webhook?.headers ?? {};
runtime.dialog360.statuses.tell = ['sent', 'delivered'];

async function post(body: object): Promise<number> {
  const headers = { 'content-type': 'application/json', ...registered };
  const answer = await fetch(webhookUrl, { method: 'POST', headers, body: JSON.stringify(body) });
  await answer.arrayBuffer();
  return answer.status;
}

/** Messages `from` to `to`, answered. Resolves to the milliseconds it took. */
async function carry(from: number, to: number): Promise<number> {
  const startedAt = performance.now();
  let next = from;
  const visitor = async () => {
    while (next < to) {
      const at = next++;
      const phone = `4917500${String(at % chats).padStart(5, '0')}`;
      while ((await post(cloudText({ phone, text: 'Hello', id: `wamid.load-${at}` }))) !== 200);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitor));
  await runtime.idle();
  return performance.now() - startedAt;
}

type States = Map<FunctionName, ProcessState[]>;
async function inspect({ pids }: TestRuntime): Promise<States> {
  const states: States = new Map();
  for (const name of Object.keys(FUNCTIONS) as FunctionName[]) {
    const all: ProcessState[] = [];
    for (const pid of pids(name)) all.push(await inspectProcess(pid));
    states.set(name, all);
  }
  return states;
}

let isBad = false;
const third = Math.floor(messages / 3);
await carry(0, third);
const early = await inspect(runtime);
const ownEarly = heap();
const ownCpu = process.cpuUsage();
const tookMs = await carry(third, messages);
const carried = messages - third;
const { user, system } = process.cpuUsage(ownCpu);
const late = await inspect(runtime);
const ownLate = heap();

const answered = runtime.dialog360.sent.length;
isBad ||= answered !== messages;
console.log(
  `${messages} messages of ${chats} chats, ${answered} answers; ${((carried / tookMs) * 1000).toFixed(1)} messages a second`,
);
for (const [name, states] of late) {
  const before = new Map(early.get(name)?.map((state) => [state.pid, state]));
  const both = states.flatMap((state) => {
    const earlier = before.get(state.pid);
    return earlier ? [{ state, earlier }] : [];
  });
  const cpu = states.reduce(
    (sum, { pid, cpuMs }) => sum + cpuMs - (before.get(pid)?.cpuMs ?? 0),
    0,
  );
  const grown = Math.max(
    0,
    ...both.map(({ state, earlier }) => state.heapBytes - earlier.heapBytes),
  );
  isBad ||= grown > LEAK_BYTES;
  const most = Math.max(0, ...states.map(({ heapBytes }) => heapBytes));
  console.log(
    `${name.padEnd(9)} ${states.length} processes, ${(cpu / carried).toFixed(2)} ms CPU a message, ` +
      `live heap ${mb(most)}, grown by at most ${mb(grown)} since the first third`,
  );
}
console.log(
  `${'runtime'.padEnd(9)} ${((user + system) / 1000 / carried).toFixed(2)} ms CPU a message (the emulators, 360dialog and the agent too), ` +
    `grown by ${kb((ownLate - ownEarly) / carried)} a message:`,
);

// What the runtime keeps in memory mode: what tests look at afterwards, and the table.
const { dialog360, output, lines } = runtime;
for (const written of [dialog360.requests, dialog360.sent, agent.requests, output, lines]) {
  written.length = 0;
}
dialog360.accounts.clear();
const withoutRecords = heap();
const client = new DynamoDBClient(clientOptions(runtime.aws.endpoints.dynamodb));
let [items, bytes] = [0, 0];
for await (const { Items = [] } of paginateScan({ client }, { TableName: runtime.aws.tableName })) {
  items += Items.length;
  bytes += Items.reduce((sum, item) => sum + JSON.stringify(item).length, 0);
}
client.destroy();
console.log(
  `          ${kb((ownLate - withoutRecords) / messages)} are what the doubles and the log have recorded for tests, ` +
    `and the table holds ${(items / messages).toFixed(1)} items a message, ${kb(bytes / messages)} as JSON (each twice: it and its index)`,
);

const statuses = Array.from({ length: 1_000 }, (_, at) => ({
  id: `wamid.load-status-${at}`,
  status: 'delivered',
  timestamp: String(Math.floor(Date.now() / 1000)),
  recipient_id: '491750000000',
}));
const postedAt = performance.now();
const status = await post(cloudChange('messages', { statuses }));
const answerMs = performance.now() - postedAt;
isBad ||= status !== 200 || answerMs > ANSWER_WITHIN_MS;
console.log(
  `a body of 1000 items: HTTP ${status} after ${answerMs.toFixed(0)} ms (≤ ${ANSWER_WITHIN_MS})`,
);
await runtime.idle();
await runtime.stop();
await agent.stop();
process.exit(isBad ? 1 : 0);
