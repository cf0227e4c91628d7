// npm run agents:real: installs the real servers of the kinds that have small ones, talks to each, and prints
// what came of it. It needs Python 3.11 or newer and a package registry; nothing else is changed.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isInstalled, PACKAGES, PLACE, REAL_AGENTS, talkTo } from './real-agents.ts';

const run = (command: string, ...rest: string[]) =>
  spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;

function install(): boolean {
  mkdirSync(dirname(PLACE), { recursive: true });
  const python = join(PLACE, 'bin/python');
  if (run('uv', '--version')) {
    return run('uv', 'venv', PLACE) && run('uv', 'pip', 'install', '--python', python, ...PACKAGES);
  }
  return run('python3', '-m', 'venv', PLACE) && run(python, '-m', 'pip', 'install', ...PACKAGES);
}

if (!isInstalled() && !install()) {
  console.error('The servers could not be installed.');
  process.exit(1);
}

const rows = [['KIND', 'REAL SERVER', 'TURNS', 'OUTCOME']];
for (const agent of REAL_AGENTS) {
  const wanted = JSON.stringify(agent.talk.map(([, gets]) => gets));
  const outcome = await talkTo(agent).then(
    (heard) =>
      JSON.stringify(heard) === wanted ? 'as expected' : `answered ${JSON.stringify(heard)}`,
    (error: unknown) => String(error),
  );
  rows.push([
    agent.kind,
    `${agent.program} ${versionOf(agent)}`,
    String(agent.talk.length),
    outcome,
  ]);
}
for (const kind of ['openai-chat', 'anthropic', 'rasa', 'n8n', 'webim', 'custom']) {
  rows.push([kind, '-', '0', 'no small server: played against a double by npm test']);
}
for (const row of rows) {
  console.log(row.map((cell, at) => cell.padEnd([19, 32, 7][at] ?? 0)).join(''));
}
process.exit(
  rows.some(
    ([, , turns, outcome]) => turns !== '0' && outcome !== 'as expected' && outcome !== 'OUTCOME',
  )
    ? 1
    : 0,
);

function versionOf({ program }: { program: string }): string {
  const name = program.replace(/\[.*/, '');
  const code = `from importlib.metadata import version; print(version("${name}"))`;
  const { stdout } = spawnSync(join(PLACE, 'bin/python'), ['-c', code], { encoding: 'utf8' });
  return stdout.trim();
}
