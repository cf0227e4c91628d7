// npm run conformance: what the product relies on in AWS, asked of our own emulators and of MiniStack; the tests of the
// rooms store, queues and secrets on MiniStack; and six journeys through the product deployed there. Writes the table.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import { startParameters, startQueues, startTable } from '../support/emulators.ts';
import { openAccount } from './account.ts';
import { synthesize } from './assembly.ts';
import type { Aws } from './behaviour.ts';
import { dynamodbBehaviours } from './dynamodb-behaviours.ts';
import { withoutLeftOut } from './left-out.ts';
import { MINI_STACK, startMiniStack } from './mini-stack.ts';
import { sqsBehaviours } from './sqs-behaviours.ts';
import { ssmBehaviours } from './ssm-behaviours.ts';
import { callEndpoints, carryFiles, findings, makeChannel, talk } from './stories.ts';
import { startWorld } from './world.ts';

const ROOT = join(import.meta.dirname, '../..');
const BEHAVIOURS = [...dynamodbBehaviours, ...sqsBehaviours, ...ssmBehaviours];
const ROOMS = ['store', 'queues', 'secrets'];

/** Asks one AWS for each behaviour in turn. `other`: its address; undefined: our own emulators. */
async function ask(other: string | undefined): Promise<string[]> {
  if (other) process.env.OTHER_AWS = other;
  const pass = (listener: Parameters<Parameters<typeof startQueues>[0]>[0]) => listener;
  const queues = await startQueues(pass);
  const parameters = other ? queues : await startParameters(pass);
  const table = other ? queues : await startTable('conformance', pass);
  if (other) {
    const { createTable } = await import('../../infra/local/aws/start-dynamodb.ts');
    await createTable(table.url, 'conformance');
  }
  delete process.env.OTHER_AWS;
  const aws: Aws = {
    table: 'conformance',
    dynamodb: new DynamoDBClient(clientOptions(table.url)),
    sqs: new SQSClient(clientOptions(queues.url)),
    fifo: queues.queueUrls.inbound,
    standard: queues.queueUrls.statuses,
    ssm: new SSMClient(clientOptions(parameters.url)),
  };
  const answers: string[] = [];
  for (const { what, holds } of BEHAVIOURS) {
    const answer = await holds(aws).catch((error: Error) => `no: ${error.name}`);
    answers.push(answer === true ? 'yes' : answer === false ? 'no' : answer);
    console.log(`${other ? MINI_STACK : 'our emulators'}: ${answers.at(-1)}: ${what}`);
  }
  for (const client of [aws.dynamodb, aws.sqs, aws.ssm]) client.destroy();
  for (const one of new Set([queues, parameters, table])) await one.stop();
  return answers;
}

/** The tests of a room on MiniStack: how many passed, and the names of those that did not. */
function runRoom(room: string, other: string, folder: string) {
  const file = join(folder, `${room}.json`);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const report = ['--reporter', 'json', '--outputFile', file];
  const args = ['run', '--project', 'rooms', '--maxWorkers', '1', ...report, `test/shared/${room}`];
  spawnSync(process.execPath, [vitest, ...args], {
    cwd: ROOT,
    env: { ...process.env, OTHER_AWS: other },
    stdio: 'ignore',
  });
  const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numTotalTests: number;
    testResults: { assertionResults: { status: string; title: string }[] }[];
  };
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ title }) => title);
  console.log(
    `${room}: ${numPassedTests} of ${numTotalTests}${failed.map((one) => `; not: ${one}`).join('')}`,
  );
  return { passed: numPassedTests, total: numTotalTests, failed };
}

/** Six journeys through the product as it is deployed, with every signature and right enforced. */
async function travel(): Promise<void> {
  const assembly = synthesize();
  const world = await startWorld();
  const { url, python, stop } = await startMiniStack({ auth: true });
  try {
    const account = await openAccount(url);
    await assembly.upload(account, python);
    const template = JSON.stringify(withoutLeftOut(assembly.template, url));
    await account.createStack('dialog360-channel', template);
    const { ApiUrl = '' } = await account.outputs('dialog360-channel');
    const { id, apiKey } = await makeChannel(ApiUrl, world);
    await talk(world, 0, 'six journeys');
    await carryFiles(world);
    await callEndpoints(`${ApiUrl}/v1/channels/${id}`, apiKey, world);
  } finally {
    await stop();
    await world.stop();
    assembly.remove();
  }
}

const ours = await ask(undefined);
const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
const mini = await startMiniStack({ auth: false });
const theirs = await ask(mini.url);
const rooms = ROOMS.map((room) => ({ room, ...runRoom(room, mini.url, folder) }));
await mini.stop();
rmSync(folder, { recursive: true, force: true });
await travel();

const version = (name: string) =>
  (
    JSON.parse(readFileSync(join(ROOT, `node_modules/${name}/package.json`), 'utf8')) as {
      version: string;
    }
  ).version;
const page = [
  '# What the product relies on in AWS',
  '',
  '<!-- Written by `npm run conformance`; do not edit. -->',
  '',
  `Asked of our own emulators (dynalite ${version('dynalite')}, fauxqs ${version('fauxqs')}, and the parameter store of \`infra/local/aws\`)`,
  `and of MiniStack (\`${MINI_STACK}\`), which others wrote. None of them is AWS: each line is what AWS’s own pages promise, so that a`,
  '`no` is a place where an emulator promises something else.',
  '',
  'No order between two groups of a FIFO queue is relied on, nor what a read of the table says that need not be consistent.',
  '',
  '| Service | What the product relies on | Where | Our emulators | MiniStack |',
  '|---|---|---|---|---|',
  ...BEHAVIOURS.map(
    ({ service, what, where }, at) =>
      `| ${service} | ${what} | \`${where}\` | ${ours[at]} | ${theirs[at]} |`,
  ),
  '',
  '## The tests of the rooms on MiniStack',
  '',
  '| Room | Passed | Not passed |',
  '|---|---|---|',
  ...rooms.map(
    ({ room, passed, total, failed }) =>
      `| \`shared/${room}\` | ${passed} of ${total} | ${failed.join('; ') || 'none'} |`,
  ),
  '',
  '## Journeys through the product deployed on MiniStack',
  '',
  'Signatures and rights are enforced there. What it cannot do stands in `test/aws/left-out.ts`.',
  '',
  '| What held | |',
  '|---|---|',
  ...findings.map(({ what, so }) => `| ${what} | ${so ? 'yes' : 'no'} |`),
  '',
].join('\n');
writeFileSync(join(ROOT, 'docs/conformance.md'), page);
console.log(
  execFileSync('git', ['diff', '--stat', '--', 'docs/conformance.md'], {
    cwd: ROOT,
    encoding: 'utf8',
  }),
);
process.exit(
  [...ours, ...theirs].every((one) => one === 'yes') && findings.every(({ so }) => so) ? 0 : 1,
);
