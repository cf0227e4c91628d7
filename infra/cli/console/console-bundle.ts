import { basename } from 'node:path';

/** A file of the page, as the browser gets it. */
export interface ConsoleFile {
  type: string;
  body: Buffer;
}

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page of a deployed stack, built in memory: by name, with `index.html` among them. */
export async function consoleBundle(): Promise<Map<string, ConsoleFile>> {
  // Loaded only here: no other command builds anything.
  const { buildStackConsole } = await import('../../local/console/build-stack-console.ts');
  const files = await buildStackConsole();
  return new Map(
    files.map(({ path, contents }) => {
      const name = basename(path);
      const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      return [name, { type, body: Buffer.from(contents) }];
    }),
  );
}
