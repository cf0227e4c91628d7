import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';
import { BUNDLING } from '../../bundling.ts';
import type { FunctionSpec } from '../../functions.ts';
import { consoleBuild, copyPages } from '../console/build-console.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SANDBOX = 'infra/local/lambda/sandbox-main.ts';

/** The name of a bundle is its entry's path: functions with one entry share one bundle. */
const nameOf = (entry: string) => entry.replace(/\.ts$/, '').replaceAll('/', '-');

export interface Bundles {
  /** The file to require for an entry of `infra/functions.ts`. */
  fileOf(entry: string): string;
  /** The program that runs it. */
  sandbox: string;
  /** The folder of the page that opens at the runtime's address. */
  console: string;
}

/**
 * Builds every function as it is deployed, the sandbox that runs them and the console, into `folder`.
 */
export async function buildBundles(
  functions: Pick<FunctionSpec, 'entry'>[],
  folder: string,
): Promise<Bundles> {
  const entries = new Set([...functions.map(({ entry }) => entry), SANDBOX]);
  const bundles = bundlesIn(folder);
  const buildingConsole = buildAndLeave(consoleBuild(bundles.console));
  await buildAndLeave({
    ...BUNDLING,
    mainFields: [...BUNDLING.mainFields],
    bundle: true,
    sourcemap: false, // deployed they are beside the bundle, and here they are not used
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries([...entries].map((entry) => [nameOf(entry), entry])),
    outdir: folder,
    logLevel: 'warning',
  });
  await mkdir(folder, { recursive: true });
  await buildingConsole;
  await copyPages(bundles.console);
  // Lambda has no package.json around the bundle. Here that of the repository would make it an ES
  // module.
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}');
  return bundles;
}

/** The bundles that were built into `folder` before. */
export function bundlesIn(folder: string): Bundles {
  const fileOf = (entry: string) => join(folder, `${nameOf(entry)}.js`);
  return { fileOf, sandbox: fileOf(SANDBOX), console: join(folder, 'console') };
}

let building = 0;

/** esbuild keeps a process for the next build. The last build that runs ends it. */
async function buildAndLeave(options: BuildOptions): Promise<void> {
  building += 1;
  try {
    await build(options);
  } finally {
    building -= 1;
    if (building === 0) await stop();
  }
}
