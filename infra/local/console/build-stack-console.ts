import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { AS_IT_IS, CONSOLE_SOURCES, consoleBuild } from './build-console.ts';

/** The console of a deployed stack: its files as they are sent, under the names that the page asks for. */
export async function buildStackConsole(): Promise<{ path: string; contents: Uint8Array }[]> {
  const options = consoleBuild('/');
  const { outputFiles } = await build({
    ...options,
    entryPoints: { ...(options.entryPoints as Record<string, string>), main: 'stack-main.tsx' },
    sourcemap: false,
    write: false,
  });
  await stop(); // esbuild keeps a process for the next build
  const asItIs = AS_IT_IS.map(async (path) => ({
    path,
    contents: await readFile(join(CONSOLE_SOURCES, path)),
  }));
  return [...outputFiles, ...(await Promise.all(asItIs))];
}
