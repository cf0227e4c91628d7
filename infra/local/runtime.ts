// The local runtime: the deployed handlers, AWS's protocols, 360dialog and an agent, in one
// process.
import { join, resolve } from 'node:path';
import type { FunctionName } from '../functions.ts';
import { ROUTES } from '../routes.ts';
import type { InterceptHook } from './aws/intercept.ts';
import type { LocalAws } from './aws/start-aws.ts';
import { answerClock } from './clock/answer-clock.ts';
import { Clock } from './clock/clock.ts';
import {
  answerConsoleFile,
  answerConsolePage,
  CONSOLE_FILES,
  CONSOLE_PAGES,
} from './console/answer-console.ts';
import { agentSecret } from './demo/agent-secret.ts';
import { demoAgent } from './demo/demo-agent.ts';
import { type DemoChannel, demoChannel } from './demo/demo-channel.ts';
import { Dialog360Double } from './dialog360/double.ts';
import { keepOverRestart } from './dialog360/kept/keep-over-restart.ts';
import { answerPlay } from './dialog360/play/answer-play.ts';
import { readTemplateFile } from './dialog360/templates/read-template-file.ts';
import { answerFaults } from './faults/answer-faults.ts';
import { Faults } from './faults/faults.ts';
import { type ApiGateway, answerAsApiGateway, MAX_BODY_BYTES } from './http/api-gateway.ts';
import { serve } from './http/serve.ts';
import { Inspector } from './inspector/inspector.ts';
import type { Bundles } from './lambda/build-bundles.ts';
import { buildInFolder } from './lambda/build-in-folder.ts';
import type { OutputLine } from './lambda/start-lambda.ts';
import { Scenarios } from './scenarios/scenarios.ts';
import { stillness } from './stillness.ts';
import { takePort } from './take-port.ts';
import { type Tuning, tuned } from './tuning.ts';
import { until } from './until.ts';
import { untilSettled } from './until-settled.ts';

export interface LocalOptions {
  /** 0 takes any free one. */
  port: number;
  /** `memory`, or a folder, whose contents outlive a restart. */
  data: string;
  /** Whether a first channel is created. */
  demo: boolean;
  /** The agent that the demo channel asks; without it the one it has, at first the demo agent. */
  agent?: string | undefined;
  /** The file with the message templates of the double; without it a template of any name is taken. */
  templates?: string;
  tuning?: Tuning;
  /**
   * Bundles that were built before; without them the runtime builds its own, and removes them when
   * it stops.
   */
  bundles?: Bundles;
  /** One line for people for each thing that happens to a message, and for each call that is refused. */
  onLine?: (line: string) => void;
  /** Whether the console is shown what happens to each message. */
  inspect?: boolean;
  /** Everything the functions write. */
  onOutput?: (line: OutputLine) => void;
}

export interface LocalRuntime {
  /** `http://localhost:PORT` */
  url: string;
  demo: DemoChannel | null;
  dialog360: Dialog360Double;
  /** The time by which everything here goes. */
  clock: Clock;
  /** What people let go wrong. */
  faults: Faults;
  aws: Pick<LocalAws, 'endpoints' | 'tableName'> & Pick<LocalAws['queues'], 'queueUrls' | 'depth'>;
  /** Puts a hook between the functions and AWS. Returns the function that removes it. */
  intercept(hook: InterceptHook): () => void;
  /**
   * Kills (SIGKILL) a function's processes that are at work; resolves to their ids once they are
   * gone.
   */
  kill(name: FunctionName): Promise<number[]>;
  /** The processes of one function, or of all. */
  pids(name?: FunctionName): number[];
  /** Resolves when no job is in a queue, also none that was put off, and nothing is at work. */
  idle(): Promise<void>;
  /**
   * Resolves when nothing is at work and the sweep has looked once more: what is left waits for time to pass,
   * or for the visitor.
   */
  settled(): Promise<void>;
  /** Stops everything. A second call waits for the same end. */
  stop(): Promise<void>;
}

/** How to stop what was started, in the order in which it was started. */
type Closing = (() => Promise<void> | void)[];

/**
 * Starts everything. Throws `Failure('unavailable')` with a sentence for people when the port is
 * taken, the folder is in use or a function cannot be loaded; nothing is left running then.
 */
export async function startLocal(options: LocalOptions): Promise<LocalRuntime> {
  const closing: Closing = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= closing.reduceRight((later, close) => later.then(close), Promise.resolve());
    return stopping;
  };
  try {
    return { ...(await start(options, closing)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: LocalOptions, closing: Closing): Promise<Omit<LocalRuntime, 'stop'>> {
  const { tuning = {}, onLine = () => {}, onOutput = () => {} } = options;
  const { functions, queues } = tuned(tuning);
  const folder = options.data === 'memory' ? null : resolve(options.data);
  const inside = (name: string) => folder && join(folder, name);
  const templates = options.templates === undefined ? null : readTemplateFile(options.templates);
  const clock = new Clock(inside('clock.json'));
  let isUp = false;

  const gateway: ApiGateway = {
    routes: ROUTES,
    isUp: () => isUp,
    invoke: notYet,
    mounts: [],
    tell: onLine,
  };
  const listener = serve((ask) => answerAsApiGateway(gateway, ask), {
    maxBodyBytes: MAX_BODY_BYTES,
  });
  const listening = await takePort(listener, options.port);
  closing.push(listening.close);
  const url = `http://localhost:${listening.port}`;

  const building = options.bundles ?? buildInFolder(Object.values(functions), closing);
  // The emulators are large: they load while the bundles are built, which is another process.
  const startingAws = import('./aws/start-aws.ts').then(({ startAws }) =>
    startAws(folder, queues, { readsBehindMs: tuning.readsBehindMs ?? 0, clock }),
  );
  closing.push(async () => (await startingAws.catch(() => null))?.stop());
  const [bundles, { startLambda }, aws] = await Promise.all([
    building,
    import('./lambda/start-lambda.ts'),
    startingAws,
  ]);

  const dialog360 = new Dialog360Double({
    tell: onLine,
    now: clock.now,
    ...(tuning.statusGapMs !== undefined && { statusGapMs: tuning.statusGapMs }),
  });
  dialog360.url = `${url}/sandbox/360dialog`;
  dialog360.templates = templates;
  if (folder) keepOverRestart(dialog360, folder, url);
  const faults = new Faults(dialog360);
  const inspector = options.inspect ? new Inspector({ file: inside('trails.jsonl'), clock }) : null;
  const world = {
    functions,
    queues,
    aws,
    publicUrl: url,
    clock,
    lend: (name: FunctionName) => faults.lend(name),
  };
  const watch = inspector?.watch ?? null;
  const lambda = await startLambda({ ...world, bundles, onOutput, watch });
  closing.push(lambda.stop, () => dialog360.stop());
  gateway.invoke = lambda.invoke;
  const still = stillness({ queues: aws.queues, lambda, dialog360 });
  const behind = {
    ...still,
    notesOf: (person: string) => inspector?.notesOf(person) ?? [],
    ...(tuning.playWaitMs !== undefined && { waitMs: tuning.playWaitMs }),
  };
  gateway.mounts.push(
    {
      prefix: '/sandbox/360dialog',
      answerTo: async (ask) =>
        (await answerPlay(dialog360, ask, behind)) ?? dialog360.answerTo(ask),
    },
    { prefix: '/sandbox/agent', answerTo: demoAgent },
    { prefix: '/sandbox/faults', answerTo: (ask) => answerFaults(faults, ask) },
    { prefix: '/sandbox/clock', answerTo: (ask) => answerClock(clock, ask) },
  );
  if (inspector) {
    inspector.lookAt(dialog360, faults);
    gateway.mounts.push({
      prefix: '/sandbox/inspector',
      answerTo: (ask) => inspector.answerTo(ask),
    });
    closing.push(() => inspector.stop());
  }
  const demo = options.demo
    ? await demoChannel({
        url,
        aws,
        providerUrl: dialog360.url,
        agentUrl: options.agent ?? null,
        demoAgentUrl: `${url}/sandbox/agent`,
        file: inside('demo.json'),
      })
    : null;
  gateway.mounts.push(
    { prefix: '/sandbox/agent-secret', answerTo: () => agentSecret(aws, demo) },
    { prefix: CONSOLE_FILES, answerTo: answerConsoleFile(bundles.console) },
    ...CONSOLE_PAGES.map((prefix) => ({ prefix, answerTo: answerConsolePage(bundles.console) })),
  );
  const idle = () => until(behind.isIdle);
  const settled = () => untilSettled(behind, lambda);
  const parts = { url, double: dialog360, clock, faults, ...behind, idle, settled };
  const scenarios = new Scenarios(parts);
  gateway.mounts.unshift({
    prefix: '/sandbox/scenarios',
    answerTo: (ask) => scenarios.answerTo(ask),
  });
  isUp = true;
  closing.push(() => {
    isUp = false;
    aws.hooks.clear();
  });

  const { endpoints, tableName } = aws;
  const { queueUrls, depth } = aws.queues;
  return {
    url,
    demo,
    dialog360,
    clock,
    faults,
    aws: { endpoints, tableName, queueUrls, depth },
    intercept: (hook) => {
      aws.hooks.add(hook);
      return () => aws.hooks.delete(hook);
    },
    kill: lambda.kill,
    pids: lambda.pids,
    settled,
    idle,
  };
}

const notYet: ApiGateway['invoke'] = async () => ({
  ok: false,
  reason: 'error',
  detail: 'starting',
});
