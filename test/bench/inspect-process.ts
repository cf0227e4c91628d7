import { setTimeout } from 'node:timers/promises';

export interface ProcessState {
  pid: number;
  /** What lives after a collection. */
  heapBytes: number;
  /** Since the process began. */
  cpuMs: number;
}

/** Node's inspector, which `SIGUSR1` opens on loopback. */
const INSPECTOR = 'http://127.0.0.1:9229/json/list';
const STATE = `(() => {
  const { user, system } = process.cpuUsage();
  return JSON.stringify({ heapBytes: process.memoryUsage().heapUsed, cpuMs: (user + system) / 1000 });
})()`;

/** Collects the garbage of a Node process of ours and asks it for its heap and its time. One at a time. */
export async function inspectProcess(pid: number): Promise<ProcessState> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf());
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`the inspector of ${pid} does not answer`));
  });
  let asked = 0;
  const ask = (method: string, params: object = {}) => {
    asked += 1;
    const id = asked;
    return new Promise<{ result?: { value?: string } }>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: never };
        if (answer.id === id) resolve(answer.result ?? {});
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
  await ask('HeapProfiler.collectGarbage');
  await ask('HeapProfiler.collectGarbage');
  const { result } = await ask('Runtime.evaluate', { expression: STATE, returnByValue: true });
  const closed = new Promise((resolve) => {
    socket.onclose = resolve;
  });
  // `require` is there only while the expression runs.
  const expression =
    "{ const inspector = require('node:inspector'); setImmediate(() => inspector.close()); }";
  await ask('Runtime.evaluate', { expression, includeCommandLineAPI: true });
  await Promise.race([closed, setTimeout(2_000)]);
  socket.close();
  return { pid, ...(JSON.parse(result?.value ?? '{}') as Omit<ProcessState, 'pid'>) };
}

async function addressOf(): Promise<string> {
  for (;;) {
    try {
      const [target] = (await (await fetch(INSPECTOR)).json()) as {
        webSocketDebuggerUrl: string;
      }[];
      if (target) return target.webSocketDebuggerUrl;
    } catch {
      // It opens a moment after the signal.
    }
    await setTimeout(20);
  }
}
