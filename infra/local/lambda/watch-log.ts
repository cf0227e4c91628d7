// Runs in a sandbox, before the bundle is loaded: shows the local runtime what a function logs.

/** From now on `tell` hears each line of the function's log that is JSON. The line is written as always. */
export function watchLog(tell: (entry: Record<string, unknown>) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (...args: unknown[]) => {
      if (typeof args[0] === 'string') for (const line of args[0].split('\n')) tellOf(line, tell);
      return write(...args);
    };
  }
}

function tellOf(line: string, tell: (entry: Record<string, unknown>) => void): void {
  if (!line.startsWith('{"level"')) return; // the metrics begin otherwise
  try {
    tell(JSON.parse(line));
  } catch {
    // A line in two pieces: it stands in the log all the same.
  }
}
