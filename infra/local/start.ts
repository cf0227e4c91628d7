// `npm start`: reads the flags, starts the local runtime, prints a line for each thing that happens,
// and stops everything at Ctrl-C.
import { styleText } from 'node:util';
import { Failure } from '../../shared/kernel/failure.ts';
import { agentTrouble } from './demo/demo-channel.ts';
import { welcome } from './demo/welcome.ts';
import { type LocalRuntime, startLocal } from './runtime.ts';
import { logLine } from './terminal/log-line.ts';
import { LostTurns } from './terminal/lost-turns.ts';
import { HELP, readFlags } from './terminal/read-flags.ts';
import { whenOrphaned } from './terminal/when-orphaned.ts';

/** How long the stop may take. Then this process exits, and the functions' processes with it. */
const STOP_MS = 2_000;

const flags = readFlags(process.argv.slice(2));
if (flags === 'help') {
  process.stdout.write(HELP);
} else if ('wrong' in flags) {
  process.stderr.write(`${flags.wrong}.\nnpm start -- --help shows what there is.\n`);
  process.exitCode = 2;
} else {
  const { verbose } = flags;
  const lostTurns = new LostTurns();
  const starting = startLocal({
    ...flags,
    inspect: true,
    onLine: print,
    onOutput: ({ name, stream, line }) => {
      const readable = logLine(name, stream, line, { verbose, lostTurns });
      if (readable) print(readable);
    },
  });
  stopWhenAsked(starting);
  try {
    const { url, demo, dialog360 } = await starting;
    lostTurns.place = { url, demo };
    const trouble = demo && (await agentTrouble(url, demo));
    const emptyTemplates = dialog360.templates?.length === 0 ? flags.templates : null;
    const kept = flags.data === 'memory' ? null : flags.data;
    process.stdout.write(`${welcome({ url, demo, kept, trouble, emptyTemplates })}\n`);
  } catch (error) {
    const sentence = error instanceof Failure ? error.facts.detail : String(error);
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  }
}

function print(line: string): void {
  const time = new Date().toTimeString().slice(0, 8);
  process.stdout.write(`${styleText('dim', time, { stream: process.stdout })}  ${line}\n`);
}

function stopWhenAsked(starting: Promise<LocalRuntime>): void {
  const stop = async () => {
    setTimeout(() => process.exit(0), STOP_MS);
    await starting.then((runtime) => runtime.stop()).catch(() => {});
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  whenOrphaned(stop);
}
