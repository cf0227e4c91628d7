// npm run bench: the budgets of bundles, as ratios within one run, since machines differ and are
// noisy.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLING } from '../../infra/bundling.ts';
import { FUNCTIONS, type FunctionName } from '../../infra/functions.ts';

const ROOT = join(import.meta.dirname, '../..');
const RUNS = 15;

interface Budget {
  /** The same for a bare handler with the same AWS clients. */
  coldInit: number;
  kilobytes?: number;
  clients: string[];
}

const sqs = "import { SQSClient } from '@aws-sdk/client-sqs'; new SQSClient({});";
const dynamodb = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
DynamoDBDocumentClient.from(new DynamoDBClient({}));`;
const ssm = "import { SSMClient } from '@aws-sdk/client-ssm'; new SSMClient({});";

const BUDGETS: Partial<Record<FunctionName, Budget>> = {
  webhook: { coldInit: 1.15, kilobytes: 360, clients: [sqs, dynamodb] },
  worker: { coldInit: 1.3, clients: [sqs, dynamodb, ssm] },
  send: { coldInit: 1.3, clients: [sqs, dynamodb, ssm] },
};

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function bundle(name: string, input: { entry: string } | { source: string }) {
  const outfile = join(folder, `${name}.js`);
  await build({
    ...BUNDLING,
    mainFields: [...BUNDLING.mainFields],
    bundle: true,
    absWorkingDir: ROOT,
    outfile,
    ...('entry' in input
      ? { entryPoints: [input.entry] }
      : { stdin: { contents: input.source, resolveDir: ROOT, loader: 'ts' } }),
  });
  return outfile;
}

/** Milliseconds to load a bundle in a new process, with its clients. */
function coldInit(file: string): number {
  const script = `const t = process.hrtime.bigint(); require(${JSON.stringify(file)});
    console.log(Number(process.hrtime.bigint() - t) / 1e6);`;
  const env = { ...process.env, AWS_REGION: 'eu-central-1', POWERTOOLS_SERVICE_NAME: 'bench' };
  return Number(execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }));
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

let over = false;
for (const [name, { coldInit: budget, kilobytes, clients }] of Object.entries(BUDGETS)) {
  const ours = await bundle(name, { entry: FUNCTIONS[name as FunctionName].entry });
  const bare = await bundle(`bare-${name}`, {
    source: `${clients.join('\n')}\nexport const handler = async () => {};`,
  });
  // Measured in turns, so that other work of the machine slows down both.
  const pairs = Array.from({ length: RUNS }, () => [coldInit(ours), coldInit(bare)] as const);
  const [us, them] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
  const ratio = us / them;
  const size = statSync(ours).size / 1024;
  over ||= ratio > budget || size > (kilobytes ?? Number.POSITIVE_INFINITY);
  console.log(
    `${name.padEnd(8)} ${size.toFixed(0)} KB${kilobytes ? ` (≤ ${kilobytes})` : ''}, cold init ${us.toFixed(1)} ms ` +
      `= ${ratio.toFixed(2)} × bare ${them.toFixed(1)} ms (≤ ${budget})`,
  );
}
process.exitCode = over ? 1 : 0;
