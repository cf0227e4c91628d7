// npm run mutants -- --minutes N [--seed S] [--in shared/rules,shared/whatsapp] [--most 200]: changes one operator or
// constant at a time in a copy of the tree, runs the rooms' tests that come past it, and prints which changes no test
// noticed. A seed picks the same changes in the same tree.
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from '../support/seeded.ts';
import { type Mutant, mutantsIn, withSwitches } from './mutant-sites.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A change that makes a loop endless fails no test: it is told by the clock, and said so. */
const PATIENCE_MS = 300_000;

/** Begins a changed file: in a bundle, and in a process that a test starts, nobody turns a change on. */
const WITHOUT_SWITCH =
  'globalThis.mutant ??= { on: () => false, kept: () => globalThis.mutant.held.pop(), held: [], keep: (one) => globalThis.mutant.held.push(one) };';

type End = 'passed' | 'failed' | 'stopped';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
    in: { type: 'string', default: 'functions,shared' },
    most: { type: 'string', default: '200' },
  },
});
const startedAt = Date.now();
const endsAt = startedAt + Number(values.minutes) * 60_000;

const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });
for (const file of git('ls-files', '-z', '-co', '--exclude-standard').split('\0').filter(Boolean)) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  cpSync(join(ROOT, file), join(folder, file));
}
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));

const sources = git('ls-files', '-z', '-co', '--exclude-standard', '--', ...values.in.split(','))
  .split('\0')
  .filter((file) => file.endsWith('.ts'));
const all = sources.flatMap((file) => mutantsIn(file, readFileSync(join(ROOT, file), 'utf8')));
const chosen = pick(all, Number(values.most), seeded(Number(values.seed)));
for (const file of new Set(chosen.map((one) => one.file))) {
  const here = chosen.filter((one) => one.file === file);
  const source = readFileSync(join(ROOT, file), 'utf8');
  const switched = withSwitches(source, here, (one) => chosen.indexOf(one));
  writeFileSync(join(folder, file), `${WITHOUT_SWITCH} ${switched}`);
}
const config = join(folder, 'vitest.config.ts');
const before = readFileSync(config, 'utf8');
const after = before.replace("setupFiles: ['", "setupFiles: ['test/bench/mutant-switch.ts', '");
if (after === before) throw new Error('vitest.config.ts has no setupFiles to add to');
writeFileSync(config, after);

// Once with no change on: which tests come past which place. A test that fails here cannot notice anything.
const notes = join(folder, 'seen.jsonl');
writeFileSync(notes, '');
const files = [...new Set(chosen.map(({ file }) => file))];
const calm = await run(['related', ...files], { MUTANTS_SEEN: notes }, 30 * 60_000);
if (calm.end !== 'passed') {
  console.error(calm.output);
  throw new Error('the tests fail in the copy before anything is changed');
}
const passes = readFileSync(notes, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { test: string; seen: string[] });
console.log(
  `${chosen.length} of ${all.length} changes picked with seed ${values.seed}; ` +
    `${passes.length} test files read in ${seconds(startedAt)}`,
);

let [tried, noticed, stopped] = [0, 0, 0];
const living: string[] = [];
for (const [id, mutant] of chosen.entries()) {
  if (Date.now() > endsAt) break;
  tried += 1;
  const { file, line, from, to } = mutant;
  const direct = passes.filter(({ seen }) => seen.includes(`${id}`));
  const isLoaded = passes.some(({ seen }) => seen.includes(`${id} load`));
  const tests = direct.map(({ test }) => relative(folder, test)).toSorted(nearest(file));
  const end = await endOf(id, file, tests, isLoaded);
  if (end === 'stopped') {
    stopped += 1;
    console.log(`stopped after ${PATIENCE_MS / 1000} s  ${file}:${line}  ${from}  →  ${to}`);
  } else if (end === 'passed') {
    living.push(`${file}:${line}`);
    const reach = tests.length + (isLoaded ? 1 : 0) > 0 ? '' : ' (no test comes past)';
    console.log(`lives  ${file}:${line}  ${from}  →  ${to}${reach}`);
  } else noticed += 1;
}
const share = tried > 0 ? ((living.length / tried) * 100).toFixed(1) : '0';
console.log(
  `seed ${values.seed}: ${tried} changes tried, ${noticed} noticed, ${stopped} stopped, ${living.length} live (${share} %); ${seconds(startedAt)}`,
);

async function endOf(id: number, file: string, tests: string[], isLoaded: boolean): Promise<End> {
  const env = { MUTANT_ON: String(id) };
  if (tests.length > 0) {
    const { end } = await run(['run', ...tests], env, PATIENCE_MS);
    if (end !== 'passed') return end;
  }
  return isLoaded ? (await run(['related', file], env, PATIENCE_MS)).end : 'passed';
}

/** Runs tests of the rooms in the copy, until the first fails. */
function run(
  args: string[],
  env: Record<string, string>,
  patienceMs: number,
): Promise<{ end: End; output: string }> {
  const options = ['--run', '--project', 'rooms', '--maxWorkers', '1', '--reporter', 'dot'];
  const bail = 'MUTANT_ON' in env ? ['--bail', '1'] : [];
  const [command = '', ...rest] = args;
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', command, ...rest, ...options, ...bail],
    { cwd: folder, env: { ...process.env, ...env }, detached: true },
  );
  let output = '';
  const keep = (chunk: Buffer) => {
    output = `${output}${chunk}`.slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const kill = () => child.pid && process.kill(-child.pid, 'SIGKILL');
  process.once('exit', kill);
  const timer = setTimeout(kill, patienceMs);
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('exit', kill);
      resolve({ end: code === null ? 'stopped' : code === 0 ? 'passed' : 'failed', output });
    }),
  );
}

function pick(mutants: Mutant[], most: number, random: () => number): Mutant[] {
  const left = [...mutants];
  const picked: Mutant[] = [];
  while (picked.length < most && left.length > 0) {
    picked.push(...left.splice(Math.floor(random() * left.length), 1));
  }
  return picked;
}

/** The test that mirrors a file comes first, then those of its room. */
function nearest(file: string): (a: string, b: string) => number {
  const parts = `test/${file}`.replace('.ts', '.test.ts').split('/');
  const common = (test: string) => {
    const own = test.split('/');
    const differs = own.findIndex((part, at) => part !== parts[at]);
    return differs < 0 ? own.length : differs;
  };
  return (a, b) => common(b) - common(a);
}

function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}
