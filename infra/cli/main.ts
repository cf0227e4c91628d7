import { runCommandLine } from './run-command-line.ts';

// Who reads what is printed, such as `head`, may be gone before its end. What was done is done, and the exit code says it.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2), process);
