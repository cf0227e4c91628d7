import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled, PLACE, type RealAgent } from './real-agents.ts';

/** In which uv is installed from PyPI where the machine has none: it finds the versions in seconds, pip in minutes. */
const UV = ['uv==0.13.9'];

/** Installs an agent's server into a folder of its own below PLACE. Returns why not; null: it is there. */
export function install(agent: RealAgent): string | null {
  if (isInstalled(agent)) return null;
  const { name, packages, python: version } = agent.program;
  const python = findPython(version);
  if (python === null) return `needs Python ${version ?? '3.11'}, which is not here`;
  const folder = join(PLACE, name);
  rmSync(folder, { recursive: true, force: true });
  const inFolder = join(folder, 'bin/python');
  const uv = findUv();
  const done = uv
    ? does(uv, 'venv', '--quiet', '--python', python, folder) &&
      does(uv, 'pip', 'install', '--quiet', '--python', inFolder, ...packages)
    : does(python, '-m', 'venv', folder) &&
      does(inFolder, '-m', 'pip', 'install', '--quiet', ...packages);
  if (!done) return `${packages[0]} cannot be installed here`;
  writeFileSync(join(folder, 'installed'), packages.join('\n'));
  return null;
}

/** The machine's own uv, or one in a folder of ours; null: there is none, and pip does it. */
function findUv(): string | null {
  if (runs('uv')) return 'uv';
  const uv = join(PLACE, 'uv/bin/uv');
  if (runs(uv)) return uv;
  mkdirSync(PLACE, { recursive: true });
  const made =
    does('python3', '-m', 'venv', join(PLACE, 'uv')) &&
    does(join(PLACE, 'uv/bin/python'), '-m', 'pip', 'install', '--quiet', ...UV);
  return made && runs(uv) ? uv : null;
}

/** A Python of this version, also one that pyenv keeps; without a version any. */
function findPython(version: string | undefined): string | null {
  if (version === undefined) return runs('python3') ? 'python3' : null;
  const kept = saysOf('pyenv', 'prefix', version);
  const candidates = [`python${version}`, join(kept || '/', 'bin/python')];
  return candidates.find(runs) ?? null;
}

const runs = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** What it prints; '' where there is no such command. */
const saysOf = (command: string, ...words: string[]): string =>
  spawnSync(command, words, { encoding: 'utf8' }).stdout?.trim() ?? '';

const does = (command: string, ...words: string[]): boolean =>
  spawnSync(command, words, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
