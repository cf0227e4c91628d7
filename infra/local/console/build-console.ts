import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

export const CONSOLE_SOURCES = join(import.meta.dirname, '../../console');
/** What the server sends as it is. */
export const AS_IT_IS = ['index.html', 'icon.svg'];

/** How esbuild makes the console's script and style sheet, into `folder`. */
export const consoleBuild = (folder: string): BuildOptions => ({
  absWorkingDir: CONSOLE_SOURCES,
  entryPoints: { main: 'main.tsx', 'main-style': 'css/main.css' },
  outdir: folder,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome120', 'firefox121', 'safari17.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  sourcemap: 'linked',
  logLevel: 'warning',
});

/** Puts what is sent as it is beside them. */
export async function copyPages(folder: string): Promise<void> {
  await Promise.all(
    AS_IT_IS.map((name) => copyFile(join(CONSOLE_SOURCES, name), join(folder, name))),
  );
}
