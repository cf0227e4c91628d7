// npm run rehearse: the template and the bundles, as `cdk deploy` would take them, in an AWS that others wrote
// (`mini-stack.ts`), which checks every signature and every right. A channel is made with the command line, messages
// and files go both ways, a second version is deployed over running traffic, all is destroyed. Prints what held.
import { type Account, openAccount } from './account.ts';
import { type Assembly, synthesize } from './assembly.ts';
import { LEFT_OUT, withoutLeftOut } from './left-out.ts';
import { MINI_STACK, type MiniStack, startMiniStack } from './mini-stack.ts';
import {
  callEndpoints,
  carryFiles,
  commandLine,
  findings,
  held,
  makeChannel,
  same,
  talk,
  tellStory,
} from './stories.ts';
import { startWorld, type World } from './world.ts';

const STACK = 'dialog360-channel';

console.log(`left out of the template for ${MINI_STACK}:`);
for (const { what, why } of LEFT_OUT) console.log(`  ${what}: ${why}`);
const assembly = synthesize();
const world = await startWorld();
const cloud = await startMiniStack({ auth: true });
try {
  await rehearse(cloud, assembly, world);
} catch (error) {
  findings.push({ what: String(error), so: false });
  console.log('BROKE ', error);
}
const broken = findings.filter(({ so }) => !so).length;
if (broken > 0) console.log(cloud.tail());
await cloud.stop();
await world.stop();
assembly.remove();
console.log(broken === 0 ? 'all held' : `${broken} broke`);
process.exit(broken === 0 ? 0 : 1);

async function rehearse({ url, python }: MiniStack, assembly: Assembly, world: World) {
  const account = await openAccount(url);
  await assembly.upload(account, python);
  await account.createStack(STACK, JSON.stringify(withoutLeftOut(assembly.template, url)));
  const outputs = await account.outputs(STACK);
  const api = outputs.ApiUrl ?? '';
  await held('the stack is deployed, with the outputs that the guide names', () =>
    ['ApiUrl', 'MediaUrl', 'AdminArn', 'TableName', 'AlarmTopicArn'].every((name) => outputs[name]),
  );

  const { id, apiKey } = await makeChannel(api, world);
  await held('an admin call that is not signed is turned away', async () =>
    [401, 403].includes((await fetch(`${api}/admin/channels/${id}`)).status),
  );
  await talk(world, 0, 'first version');
  await carryFiles(world);
  await callEndpoints(`${api}/v1/channels/${id}`, apiKey, world);
  await tellStory(api, url, world);
  await deployAgain(account, { url, python }, assembly, world);
  await held('no job is left, and none is a dead letter', async () =>
    same(await jobsLeft(account, outputs), []),
  );

  const off = await commandLine(api, ['deactivate', id], '');
  const gone = await commandLine(api, ['delete', id, '--yes'], '');
  await held('the command line deactivates the channel and deletes it', () =>
    same([off.code, gone.code], [0, 0]),
  );
  await account.deleteStack(STACK);
  const { QueueUrls = [] } = await account.ask('sqs', 'AmazonSQS.ListQueues', {});
  await held('the stack is destroyed, and its queues with it', () => same(QueueUrls, []));
  const { TableNames } = await account.ask('dynamodb', 'DynamoDB_20120810.ListTables', {});
  await held('the table stays', () => same(TableNames, [outputs.TableName]));
}

/** A new version takes the place of the first one while visitors write. */
async function deployAgain(
  account: Account,
  { url, python }: Pick<MiniStack, 'url' | 'python'>,
  assembly: Assembly,
  world: World,
): Promise<void> {
  const before = JSON.stringify(assembly.template);
  assembly.change();
  await assembly.upload(account, python);
  const second = JSON.stringify(withoutLeftOut(assembly.template, url));
  await held('every function of the second version is another bundle', () => before !== second);
  const talking = talk(world, 100, 'while the second version is deployed');
  await account.updateStack(STACK, second);
  await talking;
  await talk(world, 200, 'second version');
}

async function jobsLeft(account: Account, outputs: Record<string, string>): Promise<string[]> {
  const { QueueUrls } = await account.ask('sqs', 'AmazonSQS.ListQueues', {});
  const left: string[] = [];
  for (const QueueUrl of QueueUrls as string[]) {
    const { Attributes } = await account.ask('sqs', 'AmazonSQS.GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['All'],
    });
    const count = Attributes as Record<string, string>;
    const jobs = ['', 'NotVisible', 'Delayed'].map((kind) =>
      Number(count[`ApproximateNumberOfMessages${kind}`]),
    );
    if (jobs.some((one) => one > 0)) left.push(`${QueueUrl}: ${jobs}`);
  }
  const letters = await account.ask('dynamodb', 'DynamoDB_20120810.Scan', {
    TableName: outputs.TableName,
    FilterExpression: 'begins_with(pk, :dead)',
    ExpressionAttributeValues: { ':dead': { S: 'DEAD#' } },
  });
  return [...left, ...(letters.Items as object[]).map((letter) => JSON.stringify(letter))];
}
