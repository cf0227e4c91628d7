import { command } from '../command.ts';
import { unreachable, wrongUsage } from '../outcome.ts';

export const consoleCommand = command({
  name: 'console',
  does: 'opens a page about channels, chats, deliveries and dead letters on this machine',
  takes: [],
  options: {
    listen: { type: 'string', value: 'N', says: 'the port of the page, else any free one' },
  },
  notes: [
    'npm run console is the same. The page is served to this machine alone and signs each call with your AWS credentials; nothing is added to the stack.',
    'The printed address holds the secret of this run: whoever has it acts in your name until you stop it with Ctrl-C.',
    'Words and phones of visitors are hidden; each page shows them when you ask.',
  ],
  examples: [
    'console',
    'console --stack dialog360-channel --region eu-central-1',
    'console --listen 3100',
  ],
  run: async ({ values: { listen }, terminal, asJson, ask, openApi }) => {
    if (listen !== undefined && (!/^\d{1,5}$/.test(listen) || Number(listen) > 65_535)) {
      return wrongUsage('--listen must be a port: a number up to 65535');
    }
    const api = await openApi();
    if ('kind' in api) return api;
    // Whether the endpoints answer, before a page says that they do not.
    const first = await ask({ method: 'GET', path: '?limit=1' });
    if (first.kind !== 'answered') return first;
    const [{ consoleBundle }, { serveConsole }] = await Promise.all([
      import('../console/console-bundle.ts'),
      import('../console/serve-console.ts'),
    ]);
    const open = await serveConsole(api, await consoleBundle(), { port: Number(listen ?? 0) });
    if (open === 'port-taken') {
      return unreachable(`Port ${listen} is taken: choose another with --listen.`);
    }
    const { name, region } = api.place;
    terminal.stdout.write(
      asJson
        ? `${JSON.stringify({ url: open.url })}\n`
        : `The console of ${[name, region].filter(Boolean).join(', ')} is open on this machine:\n\n  ${open.url}\n\nThe address holds the secret of this run. Ctrl-C closes the console.\n`,
    );
    await new Promise<void>((stop) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) terminal.once(signal, stop);
    });
    await open.close();
    return { kind: 'done', json: undefined, text: 'The console is closed.' };
  },
});
